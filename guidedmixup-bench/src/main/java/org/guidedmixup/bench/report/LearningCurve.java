package org.guidedmixup.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How one method learned, the mean over its seeds; null for an epoch in which nothing was measured.
 *
 * @param method its name
 * @param epochs the numbers of the epochs
 * @param trainLoss the mean training loss of every epoch
 * @param testTop1Percent the test accuracy after every epoch
 */
record LearningCurve(String method, List<Integer> epochs, List<Double> trainLoss, List<Double> testTop1Percent) {

    /**
     * Averages runs.
     *
     * @param runs runs of any methods and seeds
     * @return a curve for every method, in the order in which they first appear
     */
    static List<LearningCurve> of(List<TrainingRun> runs) {
        return runs.stream()
                .map(TrainingRun::method)
                .distinct()
                .map(method -> of(
                        method,
                        runs.stream()
                                .filter(run -> run.method().equals(method))
                                .flatMap(run -> run.history().stream())
                                .toList()))
                .toList();
    }

    private static LearningCurve of(String method, List<TrainingRun.Epoch> measured) {
        int last = measured.stream().mapToInt(TrainingRun.Epoch::epoch).max().orElse(0);
        List<Integer> epochs = IntStream.rangeClosed(1, last).boxed().toList();
        return new LearningCurve(
                method,
                epochs,
                means(measured, epochs, TrainingRun.Epoch::trainLoss),
                means(measured, epochs, epoch -> 100 * epoch.testTop1()));
    }

    private static List<Double> means(
            List<TrainingRun.Epoch> measured, List<Integer> epochs, ToDoubleFunction<TrainingRun.Epoch> value) {
        return epochs.stream()
                .map(epoch -> Spread.of(measured.stream()
                        .filter(entry -> entry.epoch() == epoch)
                        .mapToDouble(value)
                        .toArray()))
                .map(spread -> spread.count() == 0 ? null : Double.valueOf(spread.mean()))
                .collect(Collectors.toList());
    }
}
