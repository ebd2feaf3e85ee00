package org.guidedmixup.bench.command;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The seeds of several trainings. */
final class Seeds {
    private Seeds() {}

    /**
     * {@return the seeds to train with}
     *
     * @param seeds what was given after {@code --seeds}; null if nothing was
     * @param usual the seed if nothing was
     * @throws IllegalArgumentException if a seed is given twice: one training would count as two
     */
    static List<Long> chosen(List<Long> seeds, long usual) {
        if (seeds == null) {
            return List.of(usual);
        }
        Set<Long> known = new HashSet<>();
        for (Long seed : seeds) {
            if (!known.add(seed)) {
                throw new IllegalArgumentException("--seeds: expected each seed once, got " + seed
                        + " twice; a repeat would be the same training");
            }
        }
        return List.copyOf(seeds);
    }
}
