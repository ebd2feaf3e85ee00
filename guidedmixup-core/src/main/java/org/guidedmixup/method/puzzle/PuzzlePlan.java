package org.guidedmixup.method.puzzle;

import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.MaskedPlan;
import org.guidedmixup.plan.MosaicPlan;
import org.guidedmixup.tile.TileGrid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The plan of {@link PuzzleMix}: the pairing, the share of every block that an image keeps, and the places that the tiles of
 * both come from.
 *
 * @serial exclude
 */
public final class PuzzlePlan implements MaskedPlan {
    private final MosaicPlan mosaic;
    private final Pairing pairing;
    private final TileGrid blocks;

    /** The share of its own pixels in block k of image i, [M][b b]. */
    private final float[][] blockShares;

    PuzzlePlan(MosaicPlan mosaic, Pairing pairing, TileGrid blocks, float[][] blockShares) {
        this.mosaic = mosaic;
        this.pairing = pairing;
        this.blocks = blocks;
        this.blockShares = blockShares;
    }

    @Override
    public int nonFiniteSaliencies() {
        return mosaic.nonFiniteSaliencies();
    }

    @Override
    public Pairing pairing() {
        return pairing;
    }

    @Override
    public INDArray ratio() {
        return mask().ratio();
    }

    /** Computes, on every call, the share of every pixel that is the image's own; its tiles may have moved. */
    @Override
    public MixMask mask() {
        int height = blocks.height();
        int width = blocks.width();
        float[] pixels = new float[blockShares.length * height * width];
        for (int p = 0; p < pixels.length; p++) {
            int block = blocks.tileAt(p / width % height, p % width);
            pixels[p] = blockShares[p / width / height][block];
        }
        return MixMask.of(
                Nd4j.createFromArray(pixels).castTo(DataType.FLOAT).reshape(blockShares.length, height, width));
    }

    /**
     * Returns the mosaic that places the tiles of the outputs: term 0 is the image's own, term 1 the partner's.
     *
     * @return the plan of the pixels
     */
    public MosaicPlan mosaic() {
        return mosaic;
    }

    @Override
    public INDArray mix(INDArray array) {
        return mosaic.mix(array);
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        return mosaic.mixLabels(labels);
    }

    @Override
    public INDArray mixWeights(INDArray weights) {
        return mosaic.mixWeights(weights);
    }
}
