package org.guidedmixup.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.guidedmixup.bench.training.Accuracy;
import org.guidedmixup.bench.training.EpochRecord;

/** Made-up training runs. */
final class Runs {
    private Runs() {}

    static EpochRecord epoch(int number, double loss, double top1, double seconds) {
        return new EpochRecord(number, loss, Optional.of(new Accuracy(top1, 0.99, 100)), seconds);
    }

    /** Returns a run that learns towards {@code top1}, with some noise on the way, every second epoch evaluated. */
    static TrainingRun run(String method, long seed, double top1, double secondsPerEpoch, int epochs) {
        List<EpochRecord> history = new ArrayList<>();
        double seconds = secondsPerEpoch + 0.1 * seed;
        for (int e = 0; e < epochs - 1; e++) {
            double progress = 1 - Math.exp(-4.0 * (e + 1) / epochs);
            double noise = 0.02 * Math.sin(7.0 * seed + 3.0 * e);
            double loss = 2.3 * (1 - progress * top1);
            history.add(
                    e % 2 == 0
                            ? new EpochRecord(e, loss, Optional.empty(), seconds)
                            : epoch(e, loss, top1 * progress + noise, seconds));
        }
        history.add(epoch(epochs - 1, 2.3 * (1 - top1), top1 + 0.01 * seed, 9 * seconds));
        return new TrainingRun(method, seed, history);
    }

    /** Returns runs of three methods with three seeds. */
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
