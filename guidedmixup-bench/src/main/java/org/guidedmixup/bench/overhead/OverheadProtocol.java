package org.guidedmixup.bench.overhead;

import java.time.Duration;
import java.util.List;

/**
 * How overhead is measured.
 *
 * @param mixingWarmup how long each method mixes before the first round, without training: the JVM compiles mixing
 *     after a few hundred batches, more than there are rounds but soon reached in a training; not negative
 * @param warmup rounds that are not measured, in which the JVM compiles and memory is allocated; at least 1
 * @param runs measured rounds, at least 1
 * @param mixProbability the probability that a step is mixed, 0 to 1
 * @param async whether methods that may be mixed ahead of training are also measured that way
 * @param saliencyScales the factors by which images are reduced along each axis before a network's gradient is
 *     computed, each at least 1; methods that use it are measured with each
 * @param seed draws parameters, batches and mixing
 */
public record OverheadProtocol(
        Duration mixingWarmup,
        int warmup,
        int runs,
        double mixProbability,
        boolean async,
        List<Integer> saliencyScales,
        long seed) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range; the message names the option
     */
    public OverheadProtocol {
        require(!mixingWarmup.isNegative(), "--warmup-mixing", mixingWarmup.toSeconds(), "at least 0");
        require(warmup >= 1, "--warmup", warmup, "at least 1");
        require(runs >= 1, "--runs", runs, "at least 1");
        require(mixProbability >= 0 && mixProbability <= 1, "--mix-probability", mixProbability, "0 to 1");
        saliencyScales = List.copyOf(saliencyScales);
        boolean scales = !saliencyScales.isEmpty() && saliencyScales.stream().allMatch(scale -> scale >= 1);
        require(scales, "--saliency-scale", saliencyScales, "numbers of at least 1");
    }

    private static void require(boolean holds, String option, Object value, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(option + " " + value + ": expected " + wanted);
        }
    }
}
