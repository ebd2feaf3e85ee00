package org.guidedmixup.bench.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guidedmixup.bench.model.ImageModel;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All that a training needs to resume after an epoch, copied from the model and its optimizer.
 *
 * @param identity what is trained and how; states of another identity are rejected
 * @param values   parameters, running statistics and velocities, by kind and name
 * @param history  the epochs done
 */
record TrainingState(String identity, Map<String, float[]> values, List<EpochRecord> history) {

    private static final String PARAMETER = "parameter ";
    private static final String MEAN = "mean ";
    private static final String VARIANCE = "variance ";
    private static final String VELOCITY = "velocity ";

    static TrainingState capture(String identity, ImageModel model, NesterovSgd optimizer, List<EpochRecord> history) {
        Map<String, float[]> values = new LinkedHashMap<>();
        arrays(model).forEach((name, array) -> values.put(name, array.data().asFloat()));
        optimizer.velocities().forEach((name, velocity) -> values.put(VELOCITY + name, velocity.clone()));
        return new TrainingState(identity, values, List.copyOf(history));
    }

    /** Writes the state into the model and the optimizer. */
    void restore(ImageModel model, NesterovSgd optimizer) {
        Map<String, float[]> velocities = new LinkedHashMap<>();
        model.parameters()
                .forEach((name, array) ->
                        velocities.put(name, stored(VELOCITY + name, array).clone()));
        restore(model);
        optimizer.restore(velocities);
    }

    /** Writes parameters and running statistics into the model, if it has the same ones: all are checked first. */
    void restore(ImageModel model) {
        Map<String, INDArray> arrays = arrays(model);
        arrays.forEach(this::stored);
        for (String name : values.keySet()) {
            if (!name.startsWith(VELOCITY) && !arrays.containsKey(name)) {
                throw new IllegalArgumentException("the network has no " + name + ", but the checkpoint does");
            }
        }
        arrays.forEach((name, array) -> array.data().asNioFloat().put(0, values.get(name)));
    }

    /** Returns what is stored under a name, of the length of an array. */
    private float[] stored(String name, INDArray array) {
        float[] stored = values.get(name);
        if (stored == null || stored.length != array.length()) {
            throw new IllegalArgumentException("the checkpoint has no " + name + " of " + array.length() + " values");
        }
        return stored;
    }

    /** Does as {@link #restore(ImageModel)}, but leaves a last layer for other classes unchanged. */
    void restoreFeatures(ImageModel model) {
        String weight = PARAMETER + ImageModel.LOGITS + ".weight";
        String bias = PARAMETER + ImageModel.LOGITS + ".bias";
        Map<String, float[]> kept = new LinkedHashMap<>(values);
        arrays(model).forEach((name, array) -> {
            boolean last = name.equals(weight) || name.equals(bias);
            if (last && values.containsKey(name) && values.get(name).length != array.length()) {
                kept.put(name, array.data().asFloat());
            }
        });
        new TrainingState(identity, kept, history).restore(model);
    }

    private static Map<String, INDArray> arrays(ImageModel model) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        model.parameters().forEach((name, array) -> arrays.put(PARAMETER + name, array));
        model.runningStatistics().forEach((layer, statistics) -> {
            arrays.put(MEAN + layer, statistics.mean());
            arrays.put(VARIANCE + layer, statistics.variance());
        });
        return arrays;
    }
}
