package org.guidedmixup.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Made-up training runs. */
final class Runs {
    private Runs() {}

    /** A run that learns towards {@code top1}, with a little noise from its seed. */
    static TrainingRun run(String method, long seed, double top1, double secondsPerEpoch, int epochs) {
        List<TrainingRun.Epoch> history = new ArrayList<>();
        for (int e = 1; e <= epochs; e++) {
            double progress = 1 - Math.exp(-4.0 * e / epochs);
            double noise = 0.02 * Math.sin(7.0 * seed + 3.0 * e);
            history.add(
                    new TrainingRun.Epoch(e, 2.3 * (1 - progress * top1), top1 * progress + noise, secondsPerEpoch));
        }
        return new TrainingRun(method, seed, history, top1 + 0.01 * seed, 0.99, secondsPerEpoch + 0.1 * seed);
    }

    /** Three methods, three seeds. */
    static List<TrainingRun> study() {
        List<TrainingRun> runs = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            runs.add(run("vanilla", seed, 0.70, 10.0, 20));
            runs.add(run("mixup", seed, 0.74, 10.1, 20));
            runs.add(run("guided-sr", seed, 0.79, 10.8, 20));
        }
        return runs;
    }
}
