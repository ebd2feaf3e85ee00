package org.guidedmixup.bench.overhead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** All measurements, for other programs. */
public final class OverheadJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private OverheadJson() {}

    /**
     * Writes times with all their runs.
     *
     * @param settings names and values: command line, data, machine
     * @param batches the times, one entry per batch size
     * @return JSON: {@code settings}, and {@code batches} with {@code methods}, vanilla first. A method has
     *     {@code step_ms} and {@code mixing_ms} (quartiles and {@code runs}), {@code overhead_percent} (quartiles of
     *     the paired differences), {@code overhead_of_medians_percent} and {@code mixing_percent}; vanilla has none of
     *     the last three
     */
    public static String render(Map<String, String> settings, List<BatchTimes> batches) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode facts = root.putObject("settings");
        settings.forEach(facts::put);
        ArrayNode array = root.putArray("batches");
        for (BatchTimes times : batches) {
            ObjectNode node = array.addObject().put("batch", times.batch());
            ArrayNode methods = node.putArray("methods");
            append(methods.addObject(), times.vanilla());
            for (MethodTimes method : times.mixing()) {
                ObjectNode row = methods.addObject();
                append(row, method);
                append(row.putObject("overhead_percent"), method.overheadPercent(times.vanilla()));
                row.put("overhead_of_medians_percent", method.overheadOfMediansPercent(times.vanilla()));
                row.put("mixing_percent", method.mixingPercent(times.vanilla()));
            }
        }
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void append(ObjectNode node, MethodTimes times) {
        node.put("method", times.method());
        ArrayNode steps = append(node.putObject("step_ms"), times.step()).putArray("runs");
        ArrayNode mixing = append(node.putObject("mixing_ms"), times.mixing()).putArray("runs");
        for (StepTime step : times.steps()) {
            steps.add(step.milliseconds());
            mixing.add(step.mixing());
        }
    }

    private static ObjectNode append(ObjectNode node, Quartiles quartiles) {
        return node.put("lower_quartile", quartiles.lower())
                .put("median", quartiles.median())
                .put("upper_quartile", quartiles.upper());
    }
}
