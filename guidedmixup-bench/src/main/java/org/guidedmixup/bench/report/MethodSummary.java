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
 * @param overheadPercent the extra time of an epoch over vanilla's, per cent; no values where vanilla was not run
 */
public record MethodSummary(String method, Spread top1, Spread top5, Spread secondsPerEpoch, Spread overheadPercent) {
    private static final String BASELINE = "vanilla";

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
                        spread(entry.getValue(), TrainingRun::secondsPerEpoch),
                        spread(entry.getValue(), run -> overheadPercent(run, runs))))
                .toList();
    }

    /** Whether this is the method that overhead is measured against. */
    boolean isBaseline() {
        return method.equals(BASELINE);
    }

    /**
     * The overhead of a run over the vanilla run of the same seed, or over the mean of all vanilla runs if that seed has
     * none: (T − T_vanilla) / T_vanilla.
     *
     * @param run the run
     * @param runs all runs
     * @return per cent; NaN for vanilla itself and where vanilla was not run
     */
    public static double overheadPercent(TrainingRun run, List<TrainingRun> runs) {
        if (run.method().equals(BASELINE)) {
            return Double.NaN;
        }
        List<TrainingRun> vanilla =
                runs.stream().filter(other -> other.method().equals(BASELINE)).toList();
        List<TrainingRun> paired =
                vanilla.stream().filter(other -> other.seed() == run.seed()).toList();
        double base = spread(paired.isEmpty() ? vanilla : paired, TrainingRun::secondsPerEpoch)
                .mean();
        return 100 * (run.secondsPerEpoch() - base) / base;
    }

    private static Spread spread(List<TrainingRun> runs, ToDoubleFunction<TrainingRun> value) {
        return Spread.of(runs.stream().mapToDouble(value).toArray());
    }
}
