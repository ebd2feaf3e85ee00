package org.guidedmixup.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.AsyncSource;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A network that Keras saved, trained further on mixed images, channels last. */
class KerasExampleTest {
    private static final int EPOCHS = 15;

    @TempDir
    private Path folder;

    private final DataSetIterator trainData = channelsLast(Stripes.iterator());

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void guidedSr(boolean dropout) throws Exception {
        MultiLayerNetwork network = imported(dropout);
        BatchMixer mixer = GuidedMixup.builder()
                .dataFormat(DataFormat.NHWC)
                .mixProbability(0.5)
                .seed(42)
                .build();
        network.fit(new MixupDataSetIterator(trainData, mixer), EPOCHS);
        assertTrue(network.evaluate(trainData).accuracy() > 0.9);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void guidedAp(boolean dropout) throws Exception {
        MultiLayerNetwork network = imported(dropout);
        BatchMixer mixer = GuidedMixup.builder()
                .dataFormat(DataFormat.NHWC)
                .saliency(GradientSaliency.of(network))
                .mixProbability(0.8)
                .seed(42)
                .build();
        network.fit(new MixupDataSetIterator(trainData, mixer), EPOCHS);
        assertTrue(network.evaluate(trainData).accuracy() > 0.9);
    }

    private MultiLayerNetwork imported(boolean dropout) throws Exception {
        Path file = folder.resolve("stripes.h5");
        KerasFile.write(file, dropout);
        MultiLayerNetwork network = KerasModelImport.importKerasSequentialModelAndWeights(file.toString(), true);
        setDropout(network);
        return network;
    }

    /**
     * The importer of 1.0.0-M2.1 gives every layer a Dropout(1.0), whose backward pass fails if channels are last. It does not
     * read the rate of a Dropout layer, so those drop nothing either.
     */
    private static void setDropout(MultiLayerNetwork network) {
        for (Layer layer : network.getLayers()) {
            var configuration = layer.conf().getLayer();
            assertTrue(configuration.getIDropout() == null || keeps(configuration.getIDropout()) == 1);
            configuration.setIDropout(configuration instanceof DropoutLayer ? new Dropout(0.75) : null);
        }
    }

    private static double keeps(IDropout dropout) {
        return ((Dropout) dropout).getP();
    }

    /** Deeplearning4j's bug, without any mixing: once it is fixed, the removal is no longer needed. */
    @Test
    void dropoutOfNothingBreaksTraining() throws Exception {
        Path file = folder.resolve("stripes.h5");
        KerasFile.write(file, false);
        MultiLayerNetwork network = KerasModelImport.importKerasSequentialModelAndWeights(file.toString(), true);
        assertThrows(RuntimeException.class, () -> network.fit(trainData, 1));
    }

    private static DataSetIterator channelsLast(DataSetIterator channelsFirst) {
        List<DataSet> batches = new ArrayList<>();
        channelsFirst.forEachRemaining(batch ->
                batches.add(new DataSet(batch.getFeatures().permute(0, 2, 3, 1).dup('c'), batch.getLabels())));
        return new AsyncSource(batches);
    }
}
