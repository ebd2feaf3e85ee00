package org.guidedmixup.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.guidedmixup.bench.training.Accuracy;
import org.guidedmixup.bench.training.EpochRecord;

/**
 * How one method learned, the mean over its seeds; null for an epoch in which nothing was measured.
 *
 * @param method its name
 * @param epochs the numbers of the epochs, from 1
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

    private static LearningCurve of(String method, List<EpochRecord> measured) {
        int last = measured.stream().mapToInt(EpochRecord::epoch).max().orElse(-1);
        List<Integer> epochs = IntStream.rangeClosed(1, last + 1).boxed().toList();
        return new LearningCurve(
                method,
                epochs,
                means(measured, epochs, EpochRecord::trainLoss),
                means(
                        measured,
                        epochs,
                        epoch -> 100 * epoch.accuracy().map(Accuracy::top1).orElse(Double.NaN)));
    }

    private static List<Double> means(
            List<EpochRecord> measured, List<Integer> epochs, ToDoubleFunction<EpochRecord> value) {
        return epochs.stream()
                .map(epoch -> Spread.of(measured.stream()
                        .filter(entry -> entry.epoch() + 1 == epoch)
                        .mapToDouble(value)
                        .toArray()))
                .map(spread -> spread.count() == 0 ? null : Double.valueOf(spread.mean()))
                .collect(Collectors.toList());
    }
}
