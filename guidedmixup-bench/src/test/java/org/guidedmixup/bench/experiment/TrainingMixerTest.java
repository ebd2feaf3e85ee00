package org.guidedmixup.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageModelBuilder;
import org.guidedmixup.bench.model.ImageShape;
import org.guidedmixup.bench.model.LossGradient;
import org.guidedmixup.bench.model.RandomBatch;
import org.guidedmixup.bench.model.SmallResNet;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.guidedmixup.bench.training.NesterovSgd;
import org.guidedmixup.bench.training.TrainingStep;
import org.guidedmixup.dl4j.ImageBatch;
import org.guidedmixup.dl4j.manifold.ManifoldMixup;
import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.saliency.ClassActivation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** How methods that use the model in training affect its steps. */
class TrainingMixerTest {
    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    private static final ImageShape SHAPE = new ImageShape(3, 12, 20);
    private static final ValueRange RANGE = ValueRange.of(-2, 2);
    private final DataSet batch = RandomBatch.of(3, 6, SHAPE, 4);

    private static ImageModelBuilder builder() {
        return ImageModel.builder()
                .architecture(new SmallResNet(4))
                .input(3, 12, 20)
                .classes(4)
                .seed(1);
    }

    private static BatchMixer mixer(String name, ImageModel model) {
        MixingMethod method = MixingMethod.of(name);
        return TrainingMixer.of(method, model, TrainingMixer.saliency(method, model, 1), 1, 9, RANGE);
    }

    private DataSet mixed(BatchMixer mixer, int number) {
        ImageBatch mixed = ImageBatch.of(batch).mix(mixer, 0, number);
        return new DataSet(mixed.images(), mixed.labels());
    }

    /** Every layer gets drawn; each step follows the plan, and the next one starts from rest. */
    @Test
    void manifoldMixesTheStepThatFollows() {
        ImageModel model = builder().withMixPoints().build();
        BatchMixer mixing = mixer("manifold", model);
        assertFalse(mixing.asyncSupported());
        ManifoldMixup mixer = ManifoldMixup.builder().points(2).seed(9).build();
        TrainingStep step = new TrainingStep(model, new NesterovSgd(0, 0));
        Set<Integer> drawn = new HashSet<>();
        for (int number = 0; number < 8; number++) {
            ManifoldPlan plan = (ManifoldPlan) mixer.plan(batch.getFeatures(), batch.getLabels(), 0, number);
            drawn.add(plan.point());
            model.mixPoints().mixBy(plan);
            double expected = loss(model, plan.mix(batch.getFeatures()), plan.mixLabels(batch.getLabels()));
            model.mixPoints().rest();
            assertEquals(expected, step.run(mixed(mixing, number), 0), 1e-6);
            double unmixed = loss(model, batch.getFeatures(), batch.getLabels());
            assertEquals(loss(builder().build(), batch.getFeatures(), batch.getLabels()), unmixed, 1e-6);
        }
        assertEquals(Set.of(0, 1, 2), drawn);
    }

    private static double loss(ImageModel model, INDArray images, INDArray labels) {
        try (LossGradient gradient = model.lossGradient(images, labels)) {
            return gradient.loss();
        }
    }

    /** The maps are computed twice, in sessions that reuse their memory. */
    @Test
    void snapMixWeighsLabelsByTheModelsClassActivationMaps() {
        ImageModel model = builder().build();
        Map<String, INDArray> values = model.trainingGraph()
                .output(Map.of(ImageModel.INPUT, batch.getFeatures()), List.of(model.lastFeatures()));
        INDArray maps = ClassActivation.of(
                values.get(model.lastFeatures()),
                model.parameters().get(ImageModel.LOGIT_WEIGHTS),
                batch.getLabels(),
                12,
                20);
        BatchMixer fromModel = mixer("snapmix", model);
        var expected = MixingMethod.of("snapmix").mixer((images, labels, format) -> maps, 1, 9);
        for (int number = 0; number < 5; number++) {
            DataSet mixed = mixed(fromModel, number);
            var plan = expected.plan(batch.getFeatures(), batch.getLabels(), 0, number);
            assertEquals(plan.mix(batch.getFeatures()), mixed.getFeatures());
            assertArrayEquals(
                    plan.mixLabels(batch.getLabels()).dup('c').data().asFloat(),
                    mixed.getLabels().dup('c').data().asFloat(),
                    1e-5f);
        }
        assertTrue(maps.sumNumber().doubleValue() > 5.99);
    }
}
