package org.guidedmixup.bench.training;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stochastic gradient descent as {@code torch.optim.SGD(nesterov=True)}: with g the gradient plus decay times the
 * parameter, {@code v = momentum v + g} and {@code p = p - rate (g + momentum v)}. Every parameter decays, biases and
 * batch norm too. FLOAT parameters.
 *
 * <p>In plain Java over host memory: five ND4J ops per parameter would cost a small network more than the arithmetic.
 */
public final class NesterovSgd {

    private final float momentum;
    private final float weightDecay;
    private final Map<String, float[]> velocities = new LinkedHashMap<>();
    private float[] values = new float[0]; // as long as the longest parameter, so that a step allocates nothing
    private float[] gradient = new float[0];

    /**
     * Creates an optimizer at rest.
     *
     * @param momentum    at least 0, below 1
     * @param weightDecay coupled L2 decay, at least 0
     */
    public NesterovSgd(double momentum, double weightDecay) {
        if (!(momentum >= 0 && momentum < 1) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "momentum, weightDecay: expected [0, 1) and at least 0, got " + momentum + " and " + weightDecay);
        }
        this.momentum = (float) momentum;
        this.weightDecay = (float) weightDecay;
    }

    /**
     * Takes one step.
     *
     * @param parameters by name, modified; c-ordered and not views
     * @param gradients  by the same names, not modified
     * @param rate       learning rate
     */
    public void step(Map<String, INDArray> parameters, Map<String, INDArray> gradients, double rate) {
        parameters.forEach((name, parameter) -> {
            int length = Math.toIntExact(parameter.length());
            growTo(length);
            FloatBuffer memory = parameter.data().asNioFloat();
            memory.get(0, values, 0, length);
            INDArray ordered = contiguous(gradients.get(name));
            ordered.data().asNioFloat().get(0, gradient, 0, length);
            move(velocities.computeIfAbsent(name, n -> new float[length]), (float) rate);
            memory.put(0, values, 0, length);
        });
    }

    private void growTo(int length) {
        if (values.length < length) {
            values = new float[length];
            gradient = new float[length];
        }
    }

    /** Updates one parameter, copied to {@link #values} and {@link #gradient}. */
    private void move(float[] velocity, float rate) {
        for (int i = 0; i < velocity.length; i++) {
            float decayed = gradient[i] + weightDecay * values[i];
            velocity[i] = momentum * velocity[i] + decayed;
            values[i] -= rate * (decayed + momentum * velocity[i]);
        }
    }

    private static INDArray contiguous(INDArray array) {
        return array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
    }

    /** Returns the live velocities by parameter name; empty before the first step. */
    Map<String, float[]> velocities() {
        return Collections.unmodifiableMap(velocities);
    }

    /** Continues from stored velocities, which it keeps. */
    void restore(Map<String, float[]> stored) {
        velocities.clear();
        velocities.putAll(stored);
    }
}
