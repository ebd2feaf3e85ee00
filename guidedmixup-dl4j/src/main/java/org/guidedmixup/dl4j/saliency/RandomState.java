package org.guidedmixup.dl4j.saliency;

import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** The state of ND4J's generator of the calling thread; closing restores it. */
record RandomState(Random generator, long root, long node) implements AutoCloseable {

    static RandomState save() {
        Random generator = Nd4j.getRandom();
        return new RandomState(generator, generator.rootState(), generator.nodeState());
    }

    @Override
    public void close() {
        generator.setStates(root, node);
    }
}
