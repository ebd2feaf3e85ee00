package org.guidedmixup.bench.command;

import java.util.Locale;
import org.guidedmixup.bench.training.Accuracy;
import org.guidedmixup.bench.training.EpochRecord;
import org.guidedmixup.bench.training.ProgressListener;

/** Shows a training's steps on the progress display. */
final class TrainingProgress implements ProgressListener {
    private final Progress progress;
    private String accuracy = "";

    TrainingProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void stepDone(int epoch, int step, int steps, double loss) {
        progress.step(String.format(Locale.ROOT, "epoch %d loss %.3f%s", epoch + 1, loss, accuracy));
    }

    @Override
    public void epochDone(EpochRecord epoch, int epochs) {
        if (epoch.accuracy().isPresent()) {
            Accuracy measured = epoch.accuracy().get();
            accuracy = String.format(Locale.ROOT, " top-1 %.1f %%", 100 * measured.top1());
        }
    }
}
