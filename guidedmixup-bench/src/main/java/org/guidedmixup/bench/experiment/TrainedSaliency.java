package org.guidedmixup.bench.experiment;

import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.saliency.SaliencyDetector;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The saliency of a method from a trained network, for images that are not normalised, such as pictures. */
public final class TrainedSaliency implements SaliencyDetector {
    private static final long serialVersionUID = 1L;

    private final SaliencyDetector ofModel;
    private final transient INDArray mean;
    private final transient INDArray std;

    /**
     * Uses a model.
     *
     * @param method class activation maps for one that {@link MixingMethod#usesClassMaps()}, else the gradient of the
     *     loss
     * @param model built with its input gradient if the method uses it
     * @param normalization that of the model's training
     */
    public TrainedSaliency(MixingMethod method, ImageModel model, Normalization normalization) {
        ofModel = method.usesClassMaps() ? model.classActivationMap() : model.gradientSaliency();
        int channels = normalization.channels();
        mean = Nd4j.create(DataType.FLOAT, 1, channels, 1, 1);
        std = Nd4j.create(DataType.FLOAT, 1, channels, 1, 1);
        for (int c = 0; c < channels; c++) {
            mean.putScalar(c, normalization.mean(c));
            std.putScalar(c, normalization.std(c));
        }
    }

    /**
     * Computes saliency maps.
     *
     * @param images [M, C, H, W], FLOAT, 0 to 1. Not modified.
     * @param labels [M, K]. Not modified.
     * @param format NCHW
     * @return [M, H, W]
     */
    @Override
    public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
        return ofModel.detect(images.sub(mean).divi(std), labels, format);
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }
}
