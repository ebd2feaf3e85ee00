package org.guidedmixup.bench.training;

/**
 * How often a model is right.
 *
 * @param top1     share of images whose class has the highest score, 0 to 1
 * @param top5     share of images whose class is among the five highest, 0 to 1
 * @param examples number of images
 * @param undefined number of images with a score that is not a number; all of them count as wrong
 */
public record Accuracy(double top1, double top5, long examples, long undefined) {
    /**
     * Creates an accuracy from scores that are all numbers.
     *
     * @param top1     as above
     * @param top5     as above
     * @param examples as above
     */
    public Accuracy(double top1, double top5, long examples) {
        this(top1, top5, examples, 0);
    }
}
