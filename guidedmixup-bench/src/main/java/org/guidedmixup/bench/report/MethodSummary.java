package org.guidedmixup.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one method in one row.
 *
 * @param method its name
 * @param top1 per cent
 * @param top5 per cent
 * @param secondsPerEpoch seconds
 * @param diverged how many of the runs diverged; they have no accuracies
 */
public record MethodSummary(String method, Spread top1, Spread top5, int diverged, Spread secondsPerEpoch) {
    /**
     * Summarises runs.
     *
     * @param runs runs of any methods and seeds
     * @return a row for every method, in the order in which they first appear
     */
    public static List<MethodSummary> of(List<TrainingRun> runs) {
        Map<String, List<TrainingRun>> byMethod = new LinkedHashMap<>();
        runs.forEach(run -> byMethod.computeIfAbsent(run.method(), method -> new ArrayList<>())
                .add(run));
        return byMethod.entrySet().stream()
                .map(entry -> new MethodSummary(
                        entry.getKey(),
                        spread(entry.getValue(), run -> 100 * run.top1()),
                        spread(entry.getValue(), run -> 100 * run.top5()),
                        (int) entry.getValue().stream()
                                .filter(run -> run.divergedIn().isPresent())
                                .count(),
                        spread(entry.getValue(), TrainingRun::secondsPerEpoch)))
                .toList();
    }

    private static Spread spread(List<TrainingRun> runs, ToDoubleFunction<TrainingRun> value) {
        return Spread.of(runs.stream().mapToDouble(value).toArray());
    }
}
