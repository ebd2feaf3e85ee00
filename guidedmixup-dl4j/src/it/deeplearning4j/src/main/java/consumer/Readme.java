package consumer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** The README's Deeplearning4j and array snippets, word for word. */
public final class Readme {
    private Readme() {}

    public static void main(String[] arguments) {
        INDArray images = Nd4j.rand(DataType.FLOAT, 8, 3, 16, 16);
        INDArray labels = Nd4j.eye(8).castTo(DataType.FLOAT);
        DataSetIterator trainData = new ViewIterator(new DataSet(images, labels), 4);
        int epochs = 2;
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new OutputLayer.Builder().nOut(8).build())
                .setInputType(InputType.convolutional(16, 16, 3))
                .build());
        network.init();
        INDArray before = network.params().dup();

        BatchMixer mixer = GuidedMixup.builder().mixProbability(0.5).seed(42).build();
        network.fit(new MixupDataSetIterator(trainData, mixer), epochs);

        require(network.getIterationCount() == 4, "two epochs of two batches");
        require(!before.equals(network.params()), "the network has learned");

        MixPlan plan = mixer.plan(images, labels);               // who with whom, and how much of every pixel
        MixedBatch mixed = plan.apply(images, labels);

        require(mixed.images().equalShapes(images), "as many mixed images as images");
        require(Math.abs(mixed.labels().sumNumber().doubleValue() - 8) < 1e-4, "labels still sum to 1");
        System.out.println("Deeplearning4j and arrays: mixed and trained");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("expected: " + what);
        }
    }
}
