package org.guidedmixup.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalInt;
import org.guidedmixup.bench.training.Accuracy;
import org.guidedmixup.bench.training.EpochRecord;

/** The runs with their whole history, for other programs; null for what was not measured. */
final class ResultsJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultsJson() {}

    /**
     * Writes a report without its pictures.
     *
     * @param report the report
     * @return JSON: {@code settings}, {@code summary} (a row for every method) and {@code runs} (with every epoch)
     */
    static String render(TrainingReport report) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode settings = root.putObject("settings");
        report.settings().forEach(settings::put);
        ArrayNode summary = root.putArray("summary");
        MethodSummary.of(report.runs()).forEach(row -> append(summary.addObject(), row));
        ArrayNode runs = root.putArray("runs");
        report.runs().forEach(run -> append(runs.addObject(), run));
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void append(ObjectNode node, MethodSummary row) {
        node.put("method", row.method());
        append(node.putObject("top1_percent"), row.top1());
        append(node.putObject("top5_percent"), row.top5());
        node.put("diverged", row.diverged());
        append(node.putObject("seconds_per_epoch"), row.secondsPerEpoch());
    }

    private static void append(ObjectNode node, Spread spread) {
        number(node, "mean", spread.mean());
        number(node, "sd", spread.sd());
        node.put("count", spread.count());
    }

    private static void append(ObjectNode node, TrainingRun run) {
        node.put("method", run.method()).put("seed", run.seed());
        number(node, "top1_percent", 100 * run.top1());
        number(node, "top5_percent", 100 * run.top5());
        number(node, "seconds_per_epoch", run.secondsPerEpoch());
        number(node, "diverged_in_epoch", run.divergedIn());
        ArrayNode history = node.putArray("history");
        for (EpochRecord epoch : run.history()) {
            ObjectNode entry = history.addObject().put("epoch", epoch.epoch() + 1);
            number(entry, "train_loss", epoch.trainLoss());
            Optional<Accuracy> accuracy = epoch.accuracy();
            number(
                    entry,
                    "test_top1_percent",
                    100 * accuracy.map(Accuracy::top1).orElse(Double.NaN));
            number(
                    entry,
                    "test_top5_percent",
                    100 * accuracy.map(Accuracy::top5).orElse(Double.NaN));
            number(entry, "seconds", epoch.seconds());
        }
    }

    private static void number(ObjectNode node, String name, OptionalInt value) {
        if (value.isPresent()) {
            node.put(name, value.getAsInt());
        } else {
            node.putNull(name);
        }
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
