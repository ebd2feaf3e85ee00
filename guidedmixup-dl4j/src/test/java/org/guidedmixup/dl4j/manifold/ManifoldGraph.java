package org.guidedmixup.dl4j.manifold;

import static org.guidedmixup.dl4j.Batches.CHANNELS;
import static org.guidedmixup.dl4j.Batches.CLASSES;
import static org.guidedmixup.dl4j.Batches.HEIGHT;
import static org.guidedmixup.dl4j.Batches.WIDTH;

import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** A small SameDiff classifier with a mix point after each of two convolutions. */
final class ManifoldGraph {
    static final double LEARNING_RATE = 0.1;

    private ManifoldGraph() {}

    static SameDiff create(DataType type) {
        return create(type, true);
    }

    static SameDiff create(DataType type, boolean mixPoints) {
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", type, -1, CHANNELS, HEIGHT, WIDTH);
        SDVariable label = graph.placeHolder("label", type, -1, CLASSES);
        SDVariable first = block(graph, "block1", input, CHANNELS, 4);
        SDVariable second = block(graph, "block2", mixPoints ? MixPoints.after(first) : first, 4, 3);
        SDVariable means = (mixPoints ? MixPoints.after(second) : second).mean("means", 2, 3);
        SDVariable logits = means.mmul("logits", graph.var("weights", drawn(type, 3, 3, CLASSES)));
        graph.loss.softmaxCrossEntropy("loss", label, logits, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(LEARNING_RATE))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        return graph;
    }

    private static SDVariable block(SameDiff graph, String name, SDVariable x, int inputs, int outputs) {
        SDVariable filters = graph.var(name + ".filters", drawn(x.dataType(), inputs, 3, 3, inputs, outputs));
        Conv2DConfig config = Conv2DConfig.builder().kH(3).kW(3).build();
        return graph.math.tanh(name, graph.cnn.conv2d(x, filters, config));
    }

    static INDArray drawn(DataType type, long seed, long... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        INDArray values = Nd4j.create(type, shape);
        for (long i = 0; i < values.length(); i++) {
            values.putScalar(i, random.nextDouble(-0.5, 0.5));
        }
        return values;
    }
}
