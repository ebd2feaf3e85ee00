package org.guidedmixup.bench.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.method.InputMixup;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Trains an {@link ImageModel} with {@link NesterovSgd} at the learning rates of its settings.
 *
 * <p>It has its own loop instead of {@code SameDiff.fit}: fit runs no host ops (the model's batch norm is one, three
 * times as fast), keeps no running statistics, and cannot resume. With a checkpoint file, a training that is run again
 * resumes after its last finished epoch; the result is the same bit for bit if the machine computes with as many
 * threads.
 */
public final class Trainer {

    private final ImageModel model;
    private final EpochSource training;
    private final TrainerSettings settings;
    private final ISchedule schedule;
    private final NesterovSgd optimizer;
    private final List<EpochRecord> history = new ArrayList<>();
    private Supplier<Iterator<DataSet>> test = List.<DataSet>of()::iterator;
    private BatchMixer mixer = InputMixup.builder().mixProbability(0).build();
    private CleanLoss cleanLoss = new CleanLoss(0);
    private ProgressListener listener = ProgressListener.SILENT;
    private Optional<Path> checkpoint = Optional.empty();
    private String experiment = "";

    /**
     * Prepares a training.
     *
     * @param model    the model to train, modified by {@link #run}
     * @param training the batches
     * @param settings the settings
     */
    public Trainer(ImageModel model, EpochSource training, TrainerSettings settings) {
        this.model = model;
        this.training = training;
        this.settings = settings;
        schedule = settings.schedule();
        optimizer = new NesterovSgd(settings.momentum(), settings.weightDecay());
    }

    /**
     * Sets the batches to evaluate on, requested again for each evaluation. Without them accuracy is never measured.
     */
    public Trainer test(Supplier<Iterator<DataSet>> batches) {
        test = batches;
        return this;
    }

    /**
     * Sets how batches are mixed. A {@link MixupDataSetIterator} mixes them, on another thread and ahead of time if the
     * mixer allows it. Time spent waiting for a batch counts as training. Without a mixer batches are not mixed.
     */
    public Trainer mixer(BatchMixer value) {
        mixer = value;
        return this;
    }

    /**
     * Sets a second loss to train on, that of the batch before it is mixed: each step uses the sum of the two
     * gradients. Running statistics and the reported loss are those of the mixed batch.
     *
     * @param value gets its gradients from the saliency of the {@link #mixer}
     * @return this
     */
    public Trainer cleanLoss(CleanLoss value) {
        cleanLoss = value;
        return this;
    }

    /** Sets the listener for progress. */
    public Trainer listener(ProgressListener value) {
        listener = value;
        return this;
    }

    /**
     * Sets the file that every epoch's state is written to, from which {@link #run} resumes if it exists.
     *
     * @param file the file
     * @param description what model and settings do not include: data, mixing, seeds; a checkpoint with another
     *     description is rejected
     * @return this
     */
    public Trainer checkpoint(Path file, String description) {
        checkpoint = Optional.of(file);
        experiment = description;
        return this;
    }

    /**
     * Trains the epochs that are not in the checkpoint, up to one whose loss is not a number: after it no parameter is
     * a number, and further epochs would change nothing.
     *
     * @return one record per epoch, including those of the checkpoint
     * @throws IOException              if the checkpoint cannot be read or written
     * @throws IllegalArgumentException if the checkpoint is of another model or other settings
     * @throws IllegalStateException    if an epoch does not have the number of batches in the settings
     */
    public List<EpochRecord> run() throws IOException {
        resume();
        int first = history.size();
        // Where batches cannot be mixed ahead, they are at least made ahead.
        try (EpochIterator source = new EpochIterator(training, first, !mixer.asyncSupported())) {
            MixupDataSetIterator mixed = new MixupDataSetIterator(source, mixer);
            mixed.setEpoch(first);
            for (int epoch = first; epoch < settings.epochs() && !isLost(); epoch++) {
                finish(evaluated(trainEpoch(epoch, mixed)));
                mixed.reset();
            }
        } finally {
            model.releaseMemory();
        }
        return List.copyOf(history);
    }

    private void finish(EpochRecord epochRecord) throws IOException {
        history.add(epochRecord);
        if (checkpoint.isPresent()) {
            CheckpointFile.write(checkpoint.get(), TrainingState.capture(identity(), model, optimizer, history));
        }
        listener.epochDone(epochRecord, settings.epochs());
    }

    private boolean isLost() {
        return !history.isEmpty() && history.get(history.size() - 1).lostItsLoss();
    }

    private void resume() throws IOException {
        if (checkpoint.isEmpty() || !Files.exists(checkpoint.get())) {
            return;
        }
        TrainingState state = CheckpointFile.read(checkpoint.get());
        if (!state.identity().equals(identity())) {
            throw new IllegalArgumentException("checkpoint " + checkpoint.get() + " is of another training: "
                    + state.identity() + " instead of " + identity());
        }
        state.restore(model, optimizer);
        history.clear();
        history.addAll(state.history());
    }

    private String identity() {
        return model.spec() + " " + settings + " " + experiment;
    }

    private EpochRecord trainEpoch(int epoch, MixupDataSetIterator mixed) {
        if (!mixed.asyncSupported()) {
            return trainOn(mixed, epoch);
        }
        try (BatchesAhead ahead = new BatchesAhead(mixed)) {
            return trainOn(ahead, epoch);
        }
    }

    private EpochRecord trainOn(Iterator<DataSet> batches, int epoch) {
        long start = System.nanoTime();
        TrainingStep trainingStep = new TrainingStep(model, optimizer, cleanLoss);
        double lossSum = 0;
        long examples = 0;
        int step = 0;
        for (; batches.hasNext(); step++) {
            DataSet batch = batches.next();
            int stepOfAll = Math.toIntExact((long) epoch * settings.stepsPerEpoch() + step);
            double loss = trainingStep.run(batch, schedule.valueAt(stepOfAll, epoch));
            lossSum += loss * batch.numExamples();
            examples += batch.numExamples();
            listener.stepDone(epoch, step, settings.stepsPerEpoch(), loss);
        }
        if (step != settings.stepsPerEpoch()) {
            throw new IllegalStateException(
                    "epoch " + epoch + " has " + step + " batches, expected " + settings.stepsPerEpoch());
        }
        return new EpochRecord(epoch, lossSum / examples, Optional.empty(), (System.nanoTime() - start) * 1e-9);
    }

    private EpochRecord evaluated(EpochRecord trained) {
        if (!settings.evaluatesAfter(trained.epoch()) || trained.lostItsLoss()) {
            return trained;
        }
        // Training and evaluation need their memory in turn, not at the same time.
        model.releaseMemory();
        Accuracy accuracy = Evaluation.accuracy(model, test.get());
        model.releaseMemory();
        Optional<Accuracy> measured = accuracy.examples() == 0 ? Optional.empty() : Optional.of(accuracy);
        return new EpochRecord(trained.epoch(), trained.trainLoss(), measured, trained.seconds());
    }
}
