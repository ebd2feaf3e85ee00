package org.guidedmixup.bench.training;

/** The learning rate of every step of a training. */
@FunctionalInterface
public interface LearningRate {

    /**
     * The rate of a step.
     *
     * @param step from 0
     * @return learning rate
     */
    double at(long step);
}
