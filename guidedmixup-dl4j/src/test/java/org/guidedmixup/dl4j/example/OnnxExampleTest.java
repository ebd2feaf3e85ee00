package org.guidedmixup.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.samediff.GradientSaliencyListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.samediff.frameworkimport.onnx.importer.OnnxFrameworkImporter;

/** A network that PyTorch exported, trained further in SameDiff on mixed images. */
class OnnxExampleTest {
    private static final int EPOCHS = 10;

    /** Made once, because it scans the whole class path. */
    private static OnnxFrameworkImporter importer;

    @TempDir
    private Path folder;

    private final DataSetIterator trainData = Stripes.iterator();

    @BeforeAll
    static void makeImporter() {
        importer = new OnnxFrameworkImporter();
    }

    @Test
    void guidedSr() throws IOException {
        SameDiff graph = imported();
        BatchMixer mixer = GuidedMixup.builder().mixProbability(0.5).seed(42).build();
        graph.fit(new MixupDataSetIterator(trainData, mixer), EPOCHS);
        assertTrue(accuracy(graph) > 0.9);
    }

    @Test
    void guidedAp() throws IOException {
        SameDiff graph = imported();
        graph.addListeners(new GradientSaliencyListener(
                "input", "label", GuidedMixup.builder().mixProbability(0.8).seed(42)));
        graph.fit(trainData, EPOCHS);
        assertTrue(accuracy(graph) > 0.9);
    }

    private SameDiff imported() throws IOException {
        Path file = folder.resolve("stripes.onnx");
        OnnxFile.write(file);
        SameDiff graph = importer.runImport(file.toString(), Map.of(), false);

        // All weights are imported as constants, which training does not change.
        List<SDVariable> weights = graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.CONSTANT)
                .filter(variable -> variable.dataType() == DataType.FLOAT)
                .toList();
        assertEquals(4, weights.size());
        graph.convertToVariables(weights);

        // ONNX's Gemm is imported without its bias and without a gradient, so the last layer is rebuilt from the same
        // weights.
        SDVariable features = graph.getVariable("features");
        SDVariable product = graph.mmul(features, graph.getVariable("weights"), false, true, false);
        SDVariable scores = product.add("scores", graph.getVariable("bias"));

        SDVariable label = graph.placeHolder("label", DataType.FLOAT, -1, 2);
        graph.loss.softmaxCrossEntropy("loss", label, scores, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Adam(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        return graph;
    }

    private double accuracy(SameDiff graph) {
        Evaluation evaluation = new Evaluation();
        graph.evaluate(trainData, "scores", evaluation);
        return evaluation.accuracy();
    }
}
