package org.guidedmixup.plan;

import java.util.Arrays;
import java.util.Optional;
import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.tile.HostMosaic;
import org.guidedmixup.tile.Mosaic;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A plan that puts every output together from tiles of any images of the batch: x̂ is a {@link Mosaic} of x, and ŷ = S y with
 * the shares that images have in the outputs.
 */
public final class MosaicPlan implements MixPlan {
    private final BatchShape shape;
    private final Mosaic mosaic;
    private final INDArray shares;
    private final double labelSmoothing;
    private final int nonFiniteSaliencies;

    /**
     * Makes a plan.
     *
     * @param shape the sizes of the batch
     * @param mosaic what goes where, for the same sizes
     * @param shares [M][M], the share of output i that is input j; rows sum to 1. Not modified, not kept.
     * @param labelSmoothing applied to labels before they are mixed, 0 to 1
     * @param nonFiniteSaliencies the number of images whose saliency was not finite
     * @throws IllegalArgumentException if mosaic, shares and batch differ in size
     */
    public MosaicPlan(
            BatchShape shape, Mosaic mosaic, float[][] shares, double labelSmoothing, int nonFiniteSaliencies) {
        boolean fits = mosaic.size() == shape.images()
                && mosaic.grid().height() == shape.height()
                && mosaic.grid().width() == shape.width();
        boolean square =
                shares.length == shape.images() && Arrays.stream(shares).allMatch(row -> row.length == shape.images());
        if (!fits || !square) {
            throw new IllegalArgumentException("mosaic of " + mosaic.size() + " images, "
                    + mosaic.grid().height() + " x " + mosaic.grid().width() + " pixels, with shares ["
                    + shares.length + "][]: expected " + shape.images() + " images, " + shape.height() + " x "
                    + shape.width() + " pixels, and a square of shares");
        }
        this.shape = shape;
        this.mosaic = mosaic;
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            this.shares = Nd4j.createFromArray(shares);
        }
        this.labelSmoothing = labelSmoothing;
        this.nonFiniteSaliencies = nonFiniteSaliencies;
    }

    @Override
    public int size() {
        return shape.images();
    }

    @Override
    public boolean isMixed() {
        return true;
    }

    @Override
    public int nonFiniteSaliencies() {
        return nonFiniteSaliencies;
    }

    /**
     * What goes where.
     *
     * @return the mosaic
     */
    public Mosaic mosaic() {
        return mosaic;
    }

    /**
     * The share of output i that is input j.
     *
     * @return [M, M], FLOAT; shared with this plan, do not modify
     */
    public INDArray shares() {
        return shares;
    }

    @Override
    public INDArray mix(INDArray array) {
        shape.requireAligned(array);
        INDArray mixed = Nd4j.createUninitialized(FloatingPoint.outputType(array), array.shape(), 'c');
        boolean planes = array.rank() == 3 || shape.format() == DataFormat.NCHW;
        Optional<HostArray> pixels = planes ? HostArray.of(array) : Optional.empty();
        if (pixels.isPresent()) {
            int channels = array.rank() == 3 ? 1 : (int) array.size(1);
            HostMosaic.apply(mosaic, pixels.get(), channels, HostArray.of(mixed).orElseThrow());
        } else {
            mixPortable(array, mixed);
        }
        return mixed;
    }

    /** The reference, on any backend: pixels are rows of C values, gathered from anywhere in the batch. */
    void mixPortable(INDArray array, INDArray mixed) {
        try (MemoryWorkspace scratch = Scratch.open(MosaicPlan.class)) {
            INDArray values = channelsLast(FloatingPoint.forBlending(array));
            int pixels = shape.height() * shape.width();
            long channels = values.length() / size() / pixels;
            INDArray rows = values.dup('c').reshape('c', (long) size() * pixels, channels);
            for (int o = 0; o < size(); o++) {
                INDArray output = term(rows, o, 0).addi(term(rows, o, 1));
                INDArray target = mixed.get(NDArrayIndex.point(o));
                INDArray image = output.reshape('c', shape.height(), shape.width(), channels);
                if (array.rank() == 3) {
                    target.assign(image.reshape('c', shape.height(), shape.width()));
                } else {
                    target.assign(shape.format() == DataFormat.NCHW ? image.permute(2, 0, 1) : image);
                }
            }
        }
    }

    private INDArray channelsLast(INDArray array) {
        return array.rank() == 4 && shape.format() == DataFormat.NCHW ? array.permute(0, 2, 3, 1) : array;
    }

    /** One weighted term of every pixel of an output, [H W, C]. */
    private INDArray term(INDArray rows, int output, int term) {
        int pixels = shape.height() * shape.width();
        int[] sources = new int[pixels];
        float[] weights = new float[pixels];
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int tile = mosaic.grid().tileAt(y, x);
                int pixel = y * shape.width() + x;
                weights[pixel] = mosaic.weight(output, tile, term);
                // Without weight, the other term's pixel: 0 times a pixel that is not finite would not be 0.
                int read = weights[pixel] == 0 ? 1 - term : term;
                int inImage = mosaic.grid().pixelIn(mosaic.tile(output, tile, read), y, x);
                sources[pixel] = mosaic.image(output, tile, read) * pixels + inImage;
            }
        }
        INDArray values = Nd4j.exec(new Gather(rows, sources, 0))[0].reshape('c', pixels, rows.size(1));
        return values.muliColumnVector(
                Nd4j.createFromArray(weights).reshape(pixels, 1).castTo(rows.dataType()));
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        shape.requireLabels(labels);
        INDArray mixed = Nd4j.createUninitialized(FloatingPoint.outputType(labels), labels.shape(), 'c');
        try (MemoryWorkspace scratch = Scratch.open(MosaicPlan.class)) {
            INDArray smoothed = LabelSmoothing.apply(FloatingPoint.forBlending(labels), labelSmoothing);
            INDArray result = MatrixProduct.of(shares.castTo(smoothed.dataType()), smoothed);
            return mixed.assign(result);
        }
    }
}
