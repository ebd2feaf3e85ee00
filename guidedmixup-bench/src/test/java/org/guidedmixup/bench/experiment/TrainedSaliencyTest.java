package org.guidedmixup.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.DataSpec;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.LoadOptions;
import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.SmallResNet;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class TrainedSaliencyTest {

    @Test
    void isThatOfTheImagesAsInTraining() throws Exception {
        ImageSet set = DataSpec.parse("shapes")
                .load(LoadOptions.all(1).withClasses(2).withPerClass(3))
                .train();
        ImageModel model = ImageModel.builder()
                .architecture(new SmallResNet(4))
                .input(set.channels(), set.height(), set.width())
                .classes(2)
                .withInputGradient()
                .build();
        Normalization normalization = Normalization.of(set);
        int[] all = {0, 1, 2, 3, 4, 5};
        DataSet seen = BatchSource.builder(set).build().batch(all);
        DataSet normalized =
                BatchSource.builder(set).normalization(normalization).build().batch(all);
        INDArray before = seen.getFeatures().dup();

        INDArray expected = new ModelSaliency(model, false)
                .detect(normalized.getFeatures(), normalized.getLabels(), DataFormat.NCHW);
        INDArray actual =
                new TrainedSaliency(model, normalization).detect(seen.getFeatures(), seen.getLabels(), DataFormat.NCHW);

        float largest = expected.maxNumber().floatValue();
        assertArrayEquals(expected.data().asFloat(), actual.data().asFloat(), 1e-4f * largest);
        assertArrayEquals(before.data().asFloat(), seen.getFeatures().data().asFloat());
    }
}
