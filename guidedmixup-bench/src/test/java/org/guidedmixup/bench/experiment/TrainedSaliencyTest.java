package org.guidedmixup.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.bench.data.BatchSource;
import org.guidedmixup.bench.data.DataSpec;
import org.guidedmixup.bench.data.ImageSet;
import org.guidedmixup.bench.data.LoadOptions;
import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.SmallResNet;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class TrainedSaliencyTest {
    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

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

        INDArray expected =
                model.gradientSaliency().detect(normalized.getFeatures(), normalized.getLabels(), DataFormat.NCHW);
        INDArray actual = new TrainedSaliency(MixingMethod.of("guided-ap"), model, normalization)
                .detect(seen.getFeatures(), seen.getLabels(), DataFormat.NCHW);

        assertEqualMaps(expected, actual);
        INDArray activation = new TrainedSaliency(MixingMethod.of("snapmix"), model, normalization)
                .detect(seen.getFeatures(), seen.getLabels(), DataFormat.NCHW);
        assertEqualMaps(
                model.classActivationMap().detect(normalized.getFeatures(), normalized.getLabels(), DataFormat.NCHW),
                activation);
        assertArrayEquals(before.data().asFloat(), seen.getFeatures().data().asFloat());
    }

    private static void assertEqualMaps(INDArray expected, INDArray actual) {
        float largest = expected.maxNumber().floatValue();
        assertTrue(largest > 0, "largest " + largest);
        assertArrayEquals(expected.data().asFloat(), actual.data().asFloat(), 1e-4f * largest);
    }
}
