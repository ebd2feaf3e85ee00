package org.guidedmixup.bench.training;

import java.io.IOException;
import java.nio.file.Path;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageModelBuilder;

/** Networks from the checkpoints that {@link Trainer} writes. */
public final class TrainedModel {

    private TrainedModel() {}

    /**
     * Initialises a model with what another network has learned: parameters and running statistics of a checkpoint,
     * except the last layer if it has other classes.
     *
     * @param checkpoint the file
     * @param model      modified
     * @throws IOException              if the file cannot be read or is not a complete checkpoint
     * @throws IllegalArgumentException if it is of another network; the message names the first array that differs
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
     * @param network    built as for the training, except that seed and input gradient may differ
     * @return the network as it was after the last epoch in the checkpoint
     * @throws IOException              if the file cannot be read or is not a complete checkpoint
     * @throws IllegalArgumentException if it is of another network; the message names the first array that differs
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
