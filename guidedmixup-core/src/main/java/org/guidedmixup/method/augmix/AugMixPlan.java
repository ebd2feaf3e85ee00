package org.guidedmixup.method.augmix;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.MixPlan;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The plan of {@link AugMix}: how every image of a batch is augmented and blended. Labels do not change.
 *
 * <p>Applied to another array of the batch, the operations work on that array's values: values outside the range are clipped,
 * and operations that depend on the distribution of values use that array's. Several threads share the images.
 *
 * @serial exclude
 */
public final class AugMixPlan implements MixPlan {
    private final BatchShape shape;
    private final List<Recipe> recipes;
    private final ValueRange range;
    /** Smooths the labels. */
    private final MixPlan unmixed;

    /**
     * One operation of a chain.
     *
     * @param operation the operation
     * @param amount its strength, in the operation's own unit
     * @serial exclude
     */
    public record Step(AugMixOperation operation, double amount) implements Serializable {}

    /**
     * A chain of operations, applied one after the other.
     *
     * @param weight the weight of its result among the chains of an image, 0 to 1
     * @param steps the operations, at least one
     * @serial exclude
     */
    public record Chain(double weight, List<Step> steps) implements Serializable {
        /**
         * Copies the steps.
         *
         * @param weight the weight of its result among the chains of an image
         * @param steps the operations. Not modified.
         */
        public Chain {
            steps = List.copyOf(steps);
        }
    }

    /**
     * The recipe of one mixed image.
     *
     * @param share m, the share of the result that comes from the chains, 0 to 1
     * @param chains the chains; their weights sum to 1
     * @serial exclude
     */
    public record Recipe(double share, List<Chain> chains) implements Serializable {
        /**
         * Copies the chains.
         *
         * @param share the share of the result that comes from the chains
         * @param chains the chains. Not modified.
         */
        public Recipe {
            chains = List.copyOf(chains);
        }
    }

    /**
     * Makes a plan.
     *
     * @param shape the sizes of the batch
     * @param recipes one per image
     * @param range which values mean black and white
     * @param unmixed the plan that would leave the batch as it is
     */
    AugMixPlan(BatchShape shape, List<Recipe> recipes, ValueRange range, MixPlan unmixed) {
        this.shape = shape;
        this.recipes = List.copyOf(recipes);
        this.range = range;
        this.unmixed = unmixed;
    }

    /** Refuses images with values outside the range. */
    static void requireInside(ValueRange range, INDArray images, BatchShape shape) {
        range.requireChannels(shape.channels());
        try (MemoryWorkspace scratch = Scratch.open(AugMixPlan.class)) {
            PixelAccess pixels = PixelAccess.reading(images.castTo(DataType.FLOAT), shape.format());
            Chunks.forEach(shape.images(), (from, to) -> {
                float[] image = new float[pixels.valuesPerImage()];
                for (int i = from; i < to; i++) {
                    pixels.read(i, image);
                    for (int c = 0; c < pixels.channels(); c++) {
                        range.requireInside(c, image, pixels.start(c), pixels.stride(), pixels.pixels());
                    }
                }
            });
        }
    }

    @Override
    public int size() {
        return shape.images();
    }

    @Override
    public boolean isMixed() {
        return true;
    }

    /**
     * Returns the recipe of every image.
     *
     * @return M recipes
     */
    public List<Recipe> recipes() {
        return recipes;
    }

    @Override
    public INDArray mix(INDArray array) {
        return shape.mixAligned(array, this::augmented);
    }

    private INDArray augmented(INDArray array) {
        INDArray mixed = Nd4j.createUninitialized(FloatingPoint.outputType(array), array.shape(), 'c');
        try (MemoryWorkspace scratch = Scratch.open(AugMixPlan.class)) {
            DataFormat format = array.rank() == 3 ? DataFormat.NCHW : shape.format();
            PixelAccess source = PixelAccess.reading(array.castTo(DataType.FLOAT), format);
            range.requireChannels(source.channels());
            INDArray floats = mixed.dataType() == DataType.FLOAT
                    ? mixed
                    : Nd4j.createUninitialized(DataType.FLOAT, array.shape(), 'c');
            PixelAccess target = PixelAccess.writing(floats, format);
            Chunks.forEach(size(), (from, to) -> {
                AugMixImage work = new AugMixImage(source, range, shape.height(), shape.width());
                for (int i = from; i < to; i++) {
                    target.write(i, work.mix(i, recipes.get(i)));
                }
            });
            target.flush();
            return floats == mixed ? mixed : mixed.assign(floats);
        }
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        if (labels.rank() != 2) {
            throw new IllegalArgumentException("labels " + Arrays.toString(labels.shape())
                    + ": AugMix moves pixels of images only and cannot mix dense labels; expected [" + size()
                    + ", classes]");
        }
        return unmixed.mixLabels(labels);
    }

    @Override
    public INDArray mixWeights(INDArray weights) {
        return unmixed.mixWeights(weights);
    }
}
