package org.guidedmixup.bench.training;

/**
 * How often a model is right.
 *
 * @param top1     share of images whose class has the highest score, 0 to 1
 * @param top5     share of images whose class is among the five highest, 0 to 1
 * @param examples number of images
 */
public record Accuracy(double top1, double top5, long examples) {}
