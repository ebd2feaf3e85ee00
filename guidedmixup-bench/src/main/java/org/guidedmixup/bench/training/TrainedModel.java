package org.guidedmixup.bench.training;

import java.io.IOException;
import java.nio.file.Path;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageModelBuilder;

/** Networks out of the checkpoints that {@link Trainer} writes. */
public final class TrainedModel {

    private TrainedModel() {}

    /**
     * Begins with what another network has learned: parameters and running statistics of a checkpoint, all but the last layer
     * where that has other classes.
     *
     * @param checkpoint the file
     * @param model      modified
     * @throws IOException              if the file cannot be read or is no whole checkpoint
     * @throws IllegalArgumentException if it is that of another network; the message names the first array that differs
     */
    public static void fineTune(Path checkpoint, ImageModel model) throws IOException {
        try {
            CheckpointFile.read(checkpoint).restoreFeatures(model);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(checkpoint + " is of another network: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a network: parameters and running statistics.
     *
     * @param checkpoint the file
     * @param network    built as for the training, except for seed and input gradient, which may be others
     * @return the network as it was after the last epoch in the checkpoint
     * @throws IOException              if the file cannot be read or is no whole checkpoint
     * @throws IllegalArgumentException if it is that of another network; the message names the first array that differs
     */
    public static ImageModel read(Path checkpoint, ImageModelBuilder network) throws IOException {
        ImageModel model = network.build();
        try {
            CheckpointFile.read(checkpoint).restore(model);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(checkpoint + " is of another network: " + e.getMessage(), e);
        }
        return model;
    }
}
