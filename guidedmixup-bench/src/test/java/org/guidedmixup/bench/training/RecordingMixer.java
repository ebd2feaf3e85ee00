package org.guidedmixup.bench.training;

import java.util.function.BiConsumer;
import java.util.function.LongToDoubleFunction;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Records the batches it is asked to mix, and multiplies the images of a batch by a factor that depends on its number.
 */
@SuppressWarnings("serial") // never serialized
record RecordingMixer(boolean asyncSupported, BiConsumer<Integer, Long> told, LongToDoubleFunction factor)
        implements BatchMixer {

    @Override
    public MixPlan plan(INDArray images, INDArray labels, int epoch, long batch) {
        told.accept(epoch, batch);
        return new Scaled((int) images.size(0), factor.applyAsDouble(batch));
    }

    @Override
    public MixPlan plan(INDArray images, INDArray labels) {
        throw new UnsupportedOperationException("every batch of a training has a number");
    }

    private record Scaled(int size, double factor) implements MixPlan {
        @Override
        public boolean isMixed() {
            return true;
        }

        @Override
        public INDArray mix(INDArray array) {
            return array.mul(factor);
        }

        @Override
        public INDArray mixLabels(INDArray labels) {
            return labels;
        }
    }
}
