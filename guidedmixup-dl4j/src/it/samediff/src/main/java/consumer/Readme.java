package consumer;

import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.samediff.GradientSaliencyListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The README's SameDiff snippet, word for word. */
public final class Readme {
    private Readme() {}

    public static void main(String[] arguments) {
        DataSet images = new DataSet(
                Nd4j.rand(DataType.FLOAT, 8, 3, 16, 16), Nd4j.eye(8).castTo(DataType.FLOAT));
        DataSetIterator trainData = new ViewIterator(images, 4);
        int epochs = 2;
        SameDiff sameDiff = SameDiff.create();
        SDVariable input = sameDiff.placeHolder("input", DataType.FLOAT, -1, 3, 16, 16);
        SDVariable label = sameDiff.placeHolder("label", DataType.FLOAT, -1, 8);
        SDVariable weights = sameDiff.var("weights", Nd4j.rand(DataType.FLOAT, 3 * 16 * 16, 8).subi(0.5));
        SDVariable logits = sameDiff.reshape(input, -1, 3 * 16 * 16).mmul("logits", weights);
        sameDiff.loss.softmaxCrossEntropy("loss", label, logits, null);
        sameDiff.setLossVariables("loss");
        sameDiff.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.01))
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("label")
                .build());
        INDArray before = weights.getArr().dup();

        sameDiff.addListeners(new GradientSaliencyListener("input", "label", GuidedMixup.builder().mixProbability(0.8).seed(42)));
        sameDiff.fit(trainData, epochs);

        if (before.equals(weights.getArr())) {
            throw new IllegalStateException("expected: the network has learned");
        }
        System.out.println("SameDiff: mixed and trained");
    }
}
