package org.guidedmixup.plan;

import java.util.List;
import org.guidedmixup.internal.FloatingPoint;
import org.guidedmixup.internal.Views;
import org.guidedmixup.mask.Box;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A plan that pastes a box of every image's partner over the same place of the image. The label keeps the share of the
 * remaining pixels.
 *
 * <p>Pixels are copied bit for bit, never blended; values outside the box that are not finite stay in their image only.
 *
 * @serial exclude
 */
public final class BoxPlan implements MaskedPlan {
    private final BatchShape shape;
    private final List<Box> boxes;
    /** Mixes labels by the same shares. */
    private final MaskPlan shares;

    private final LabelSmoothing labelSmoothing;

    /**
     * Makes a plan.
     *
     * @param shape the sizes of the batch
     * @param pairing the partner of every image
     * @param boxes the box that every image takes from its partner
     * @param labelSmoothing applied to labels before they are mixed
     * @param nonFiniteSaliencies the number of images whose saliency was not finite
     * @throws IllegalArgumentException if pairing, boxes and batch differ in size, or a box is not inside the images
     */
    public BoxPlan(
            BatchShape shape,
            Pairing pairing,
            List<Box> boxes,
            LabelSmoothing labelSmoothing,
            int nonFiniteSaliencies) {
        this.shape = shape;
        this.boxes = List.copyOf(boxes);
        this.labelSmoothing = labelSmoothing;
        float[] ratio = new float[boxes.size()];
        for (int i = 0; i < ratio.length; i++) {
            ratio[i] = ratio(boxes.get(i), shape);
        }
        shares = new MaskPlan(shape, pairing, MixMask.constant(ratio), labelSmoothing, nonFiniteSaliencies);
    }

    private static float ratio(Box box, BatchShape shape) {
        if (box.top() + box.height() > shape.height() || box.left() + box.width() > shape.width()) {
            throw new IllegalArgumentException(
                    box + ": expected a box inside images of " + shape.height() + " x " + shape.width() + " pixels");
        }
        long pixels = (long) shape.height() * shape.width();
        return (float) ((double) (pixels - box.area()) / pixels);
    }

    @Override
    public int nonFiniteSaliencies() {
        return shares.nonFiniteSaliencies();
    }

    @Override
    public Pairing pairing() {
        return shares.pairing();
    }

    @Override
    public INDArray ratio() {
        return shares.ratio();
    }

    /**
     * Returns the box that every image takes from its partner.
     *
     * @return M boxes
     */
    public List<Box> boxes() {
        return boxes;
    }

    /** Computes the mask on every call: 0 inside the boxes and 1 outside, [M, H, W]. */
    @Override
    public MixMask mask() {
        INDArray weights = Nd4j.ones(DataType.FLOAT, shape.images(), shape.height(), shape.width());
        for (int i = 0; i < boxes.size(); i++) {
            if (!boxes.get(i).isEmpty()) {
                pixels(weights, i, boxes.get(i)).assign(0);
            }
        }
        return MixMask.of(weights);
    }

    @Override
    public INDArray mix(INDArray array) {
        return shape.mixAligned(array, this::pasted);
    }

    private INDArray pasted(INDArray array) {
        INDArray sources = Views.toBeCut(FloatingPoint.of(array));
        INDArray mixed = sources.dup('c');
        for (int i = 0; i < boxes.size(); i++) {
            int partner = pairing().partner(i);
            if (partner != i && !boxes.get(i).isEmpty()) {
                pixels(mixed, i, boxes.get(i)).assign(pixels(sources, partner, boxes.get(i)));
            }
        }
        return mixed;
    }

    @Override
    public INDArray mixLabels(INDArray labels) {
        return shape.isDense(labels)
                ? pasted(labelSmoothing.applyBefore(labels, shape.classAxis(labels)))
                : shares.mixLabels(labels);
    }

    @Override
    public INDArray mixWeights(INDArray weights) {
        return shares.mixWeights(weights);
    }

    /** Returns a view of a box of one image, all its channels. */
    private INDArray pixels(INDArray array, int image, Box box) {
        INDArrayIndex i = NDArrayIndex.interval(image, image + 1);
        INDArrayIndex rows = NDArrayIndex.interval(box.top(), box.top() + box.height());
        INDArrayIndex columns = NDArrayIndex.interval(box.left(), box.left() + box.width());
        if (array.rank() == 3) {
            return array.get(i, rows, columns);
        }
        return shape.format() == DataFormat.NCHW
                ? array.get(i, NDArrayIndex.all(), rows, columns)
                : array.get(i, rows, columns, NDArrayIndex.all());
    }
}
