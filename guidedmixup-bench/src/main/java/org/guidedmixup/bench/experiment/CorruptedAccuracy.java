package org.guidedmixup.bench.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.data.corruption.Corruption;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.training.Accuracy;
import org.guidedmixup.bench.training.Evaluation;

/**
 * The accuracy of a trained network on corrupted images.
 *
 * @param corruption the corruption; empty for clean images
 * @param top1 share of correctly classified images, 0 to 1: one value per severity, or a single one without corruption
 * @param undefined number of images, over all severities, with a score that is not a number: the network has diverged
 */
public record CorruptedAccuracy(Optional<Corruption> corruption, List<Double> top1, long undefined) {
    private static final int BATCH = 100;
    private static final String CLEAN = "clean";

    /** Copies the values. */
    public CorruptedAccuracy {
        top1 = List.copyOf(top1);
    }

    /**
     * Measures one corruption at all severities.
     *
     * @param model         the network
     * @param test          the clean images
     * @param normalization that of the training
     * @param corruption    the corruption; empty for clean images
     * @param seed          of the corruption
     * @return the accuracies
     */
    public static CorruptedAccuracy measure(
            ImageModel model, ImageSet test, Normalization normalization, Optional<Corruption> corruption, long seed) {
        List<Accuracy> accuracies = new ArrayList<>();
        if (corruption.isEmpty()) {
            accuracies.add(accuracy(model, test, normalization));
        } else {
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                ImageSet spoilt = corruption.get().apply(test, severity, seed);
                accuracies.add(accuracy(model, spoilt, normalization));
            }
        }
        return new CorruptedAccuracy(
                corruption,
                accuracies.stream().map(Accuracy::top1).toList(),
                accuracies.stream().mapToLong(Accuracy::undefined).sum());
    }

    private static Accuracy accuracy(ImageModel model, ImageSet images, Normalization normalization) {
        BatchSource batches = BatchSource.builder(images)
                .normalization(normalization)
                .batchSize(BATCH)
                .build();
        return Evaluation.accuracy(model, batches.inOrder());
    }

    /** Returns the mean over the severities, 0 to 1. */
    public double mean() {
        return top1.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Returns the corruption's name, or {@code clean}. */
    public String name() {
        return corruption.map(Corruption::toString).orElse(CLEAN);
    }

    /** Returns the mean in per cent, followed by every severity for a corruption. */
    public List<String> cells() {
        List<String> cells = new ArrayList<>();
        cells.add(name());
        cells.add(percent(mean()));
        for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
            cells.add(corruption.isEmpty() ? "" : percent(top1.get(severity - 1)));
        }
        return cells;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
