package org.guidedmixup.dl4j.manifold;

import static org.guidedmixup.dl4j.Batches.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.dl4j.Batches;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What Manifold Mixup draws, and what its plans do to arrays. */
class ManifoldMixupTest {
    private static final ManifoldMixup TWO_POINTS =
            ManifoldMixup.builder().points(2).seed(3).build();

    private static ManifoldPlan plan(ManifoldMixup mixer, int images, long batch) {
        DataSet data = Batches.batch(images, 9);
        return (ManifoldPlan) mixer.plan(data.getFeatures(), data.getLabels(), 0, batch);
    }

    /** The first plan of a mixer for a mix point. */
    private static ManifoldPlan planAt(int point, int images) {
        for (int batch = 0; ; batch++) {
            ManifoldPlan plan = plan(TWO_POINTS, images, batch);
            if (plan.point() == point) {
                return plan;
            }
        }
    }

    /** λ a_i + (1 − λ) a_p(i), element by element. */
    private static float[] expected(INDArray array, ManifoldPlan plan) {
        float[] from = values(array);
        float[] mixed = new float[from.length];
        int length = from.length / plan.size();
        for (int image = 0; image < plan.size(); image++) {
            int partner = plan.pairing().partner(image);
            for (int k = 0; k < length; k++) {
                mixed[image * length + k] =
                        plan.lambda() * from[image * length + k] + (1 - plan.lambda()) * from[partner * length + k];
            }
        }
        return mixed;
    }

    @Test
    void layersAreDrawnUniformlyAndLambdasFromTheBetaDistribution() {
        int[] drawn = new int[3];
        double sum = 0;
        double squares = 0;
        int batches = 3000;
        for (int batch = 0; batch < batches; batch++) {
            ManifoldPlan plan = plan(TWO_POINTS, 2, batch);
            drawn[plan.point()]++;
            sum += plan.lambda();
            squares += plan.lambda() * plan.lambda();
        }
        for (int count : drawn) {
            assertEquals(batches / 3.0, count, 4 * Math.sqrt(batches * 2 / 9.0));
        }
        double mean = sum / batches;
        assertEquals(0.5, mean, 0.02);
        // Beta(2, 2) has variance 1/20.
        assertEquals(0.05, squares / batches - mean * mean, 0.005);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void onlyTheLayerThatWasDrawnIsMixedAndLabelsAlways(int point) {
        ManifoldPlan plan = planAt(point, 5);
        DataSet data = Batches.batch(5, 9);
        INDArray images = data.getFeatures();
        INDArray hidden = Nd4j.rand(DataType.FLOAT, 5, 3, 2, 4);
        assertArrayEquals(point == 0 ? expected(images, plan) : values(images), values(plan.mix(images)), 1e-6f);
        for (int other = 1; other <= 2; other++) {
            float[] wanted = other == point ? expected(hidden, plan) : values(hidden);
            assertArrayEquals(wanted, values(plan.mixHidden(other, hidden)), 1e-6f);
        }
        assertArrayEquals(expected(data.getLabels(), plan), values(plan.mixLabels(data.getLabels())), 1e-6f);
        assertTrue(plan.isMixed());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void activationsOfAnyShapeLayoutAndTypeAreMixed(int images) {
        ManifoldPlan plan = planAt(1, images);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16}) {
            float tolerance = type == DataType.FLOAT16 ? 2e-3f : 1e-6f;
            for (INDArray hidden : new INDArray[] {
                Nd4j.rand(DataType.FLOAT, images, 5).castTo(type),
                Nd4j.rand(DataType.FLOAT, images, 2, 3, 1).castTo(type),
                Nd4j.rand(DataType.FLOAT, 4, 3, images).castTo(type).permute(2, 0, 1),
                Nd4j.rand(DataType.FLOAT, images, 4).castTo(type).dup('f')
            }) {
                INDArray before = hidden.dup();
                INDArray mixed = plan.mixHidden(1, hidden);
                assertEquals(type, mixed.dataType());
                assertArrayEquals(hidden.shape(), mixed.shape());
                assertArrayEquals(expected(hidden, plan), values(mixed), tolerance);
                assertEquals(before, hidden);
            }
        }
    }

    /** The gradient is the transpose of the mixing: ⟨mix(a), b⟩ = ⟨a, gradient(b)⟩. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void gradientIsTheAdjointOfTheMixing(int images) {
        ManifoldPlan plan = planAt(2, images);
        INDArray a = Nd4j.rand(DataType.DOUBLE, images, 3, 2);
        INDArray b = Nd4j.rand(DataType.DOUBLE, images, 3, 2);
        double forwards = plan.mixHidden(2, a).mul(b).sumNumber().doubleValue();
        double backwards = a.mul(plan.hiddenGradient(2, b)).sumNumber().doubleValue();
        assertEquals(forwards, backwards, 1e-9);
        assertSame(b, plan.hiddenGradient(1, b));
    }

    @Test
    void withoutMixPointsItIsInputMixup() {
        INDArray images = Batches.batch(6, 9).getFeatures();
        ManifoldMixup mixer = ManifoldMixup.builder().seed(4).build();
        for (int batch = 0; batch < 20; batch++) {
            ManifoldPlan plan = plan(mixer, 6, batch);
            assertArrayEquals(expected(images, plan), values(plan.mix(images)), 1e-6f);
        }
    }

    @Test
    void equalSeedEpochAndBatchDrawEqually() {
        for (int batch = 0; batch < 10; batch++) {
            ManifoldPlan one = plan(TWO_POINTS, 4, batch);
            ManifoldPlan other = plan(ManifoldMixup.builder().points(2).seed(3).build(), 4, batch);
            assertEquals(one.point(), other.point());
            assertEquals(one.lambda(), other.lambda());
            assertEquals(one.pairing(), other.pairing());
        }
    }

    @Test
    void greedyPairsCanBeLent() {
        DataSet data = Batches.batch(6, 2);
        ManifoldPlan plan = (ManifoldPlan) ManifoldMixup.builder()
                .points(1)
                .pairing(new GreedyPairing())
                .saliency(new SpectralResidual())
                .build()
                .plan(data.getFeatures(), data.getLabels(), 0, 0);
        assertTrue(plan.pairing().isSingleCycle());
    }

    @Test
    void aSingleImageStaysAsItIs() {
        DataSet data = Batches.batch(1, 2);
        assertFalse(TWO_POINTS.plan(data.getFeatures(), data.getLabels(), 0, 0).isMixed());
    }

    @Test
    void imagesOfBytesAndChannelsLastPassAHiddenMixingAsFloats() {
        INDArray images = Batches.batch(3, 1)
                .getFeatures()
                .mul(255)
                .castTo(DataType.UINT8)
                .permute(0, 2, 3, 1)
                .dup('c');
        INDArray labels = Batches.batch(3, 1).getLabels();
        ManifoldMixup mixer =
                ManifoldMixup.builder().points(9).dataFormat(DataFormat.NHWC).build();
        for (int batch = 0; batch < 5; batch++) {
            INDArray mixed = mixer.plan(images, labels, 0, batch).mix(images);
            assertEquals(DataType.FLOAT, mixed.dataType());
            assertArrayEquals(images.shape(), mixed.shape());
        }
    }

    @Test
    void badInputIsNamed() {
        assertMessage("points: expected at least 0, got -1", () -> ManifoldMixup.builder()
                .points(-1));
        assertMessage("alpha: expected a finite number above 0, got 0.0", () -> ManifoldMixup.builder()
                .alpha(0));
        ManifoldPlan plan = planAt(1, 3);
        assertMessage(
                "activations [4, 2]: expected those of 3 images, for which the plan was drawn",
                () -> plan.mixHidden(1, Nd4j.ones(DataType.FLOAT, 4, 2)));
    }

    static void assertMessage(String expected, Runnable call) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
