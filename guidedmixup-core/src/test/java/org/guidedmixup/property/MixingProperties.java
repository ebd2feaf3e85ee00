package org.guidedmixup.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.method.snapmix.SnapMix;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.plan.PairedPlan;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The guarantees of every method, for batches of any size, type, layout and content. */
@Domain(Batches.class)
class MixingProperties {

    @Property
    void guidedMixup(@ForAll Batch.Recipe recipe) {
        BatchMixer mixer = GuidedMixup.builder()
                .mixProbability(1)
                .dataFormat(recipe.format())
                .build();
        Batch batch = recipe.make();
        MixPlan plan = check(mixer, batch, Hull.OF_TWO_PIXELS);
        if (plan instanceof PairedPlan paired) {
            assertTrue(paired.pairing().isSingleCycle(), "pairing " + paired.pairing());
            assertCountOfNonFinite(recipe, batch, paired.nonFiniteSaliencies());
        }
    }

    /** Pixels that are not finite make their image's saliency not finite; very large ones may do so too. */
    private static void assertCountOfNonFinite(Batch.Recipe recipe, Batch batch, int counted) {
        int certain = 0;
        int possible = 0;
        for (int i = 0; i < batch.size(); i++) {
            boolean huge = batch.largest(i) > 1e15;
            certain += batch.isFinite(i) ? 0 : 1;
            possible += batch.isFinite(i) && !huge ? 0 : 1;
        }
        assertTrue(counted >= certain && counted <= possible, counted + " not finite of " + recipe.contents());
    }

    @Property
    void inputMixup(@ForAll Batch.Recipe recipe) {
        check(InputMixup.builder().dataFormat(recipe.format()).build(), recipe.make(), Hull.OF_TWO_PIXELS);
    }

    @Property
    void cutMixWithGreedyPairs(@ForAll Batch.Recipe recipe) {
        BatchMixer mixer = CutMix.builder()
                .mixProbability(1)
                .pairing(new GreedyPairing())
                .dataFormat(recipe.format())
                .build();
        check(mixer, recipe.make(), Hull.ONE_OF_TWO_PIXELS);
    }

    @Property
    void saliencyMix(@ForAll Batch.Recipe recipe) {
        BatchMixer mixer = SaliencyMix.builder()
                .mixProbability(1)
                .dataFormat(recipe.format())
                .build();
        check(mixer, recipe.make(), Hull.ONE_OF_TWO_PIXELS);
    }

    @Property
    void puzzleMixWithoutTransport(@ForAll Batch.Recipe recipe) {
        BatchMixer mixer =
                PuzzleMix.builder().transport(false).dataFormat(recipe.format()).build();
        check(mixer, recipe.inBlocks(2).make(), Hull.OF_TWO_PIXELS);
    }

    @Property
    void puzzleMix(@ForAll Batch.Recipe recipe) {
        check(
                PuzzleMix.builder().dataFormat(recipe.format()).build(),
                recipe.inBlocks(2).make(),
                Hull.OF_THE_BATCH);
    }

    @Property
    void coMixup(@ForAll Batch.Recipe recipe) {
        check(
                CoMixup.builder().dataFormat(recipe.format()).build(),
                recipe.inBlocks(4).make(),
                Hull.OF_THE_BATCH);
    }

    @Property
    void puzzleMixOfUnevenBlocksWithoutTransport(@ForAll Batch.Recipe recipe) {
        BatchMixer mixer =
                PuzzleMix.builder().transport(false).dataFormat(recipe.format()).build();
        check(mixer, recipe.ofSidesFrom17To40().make(), Hull.OF_TWO_PIXELS);
    }

    @Property
    void puzzleMixOfUnevenBlocks(@ForAll Batch.Recipe recipe) {
        check(
                PuzzleMix.builder().dataFormat(recipe.format()).build(),
                recipe.ofSidesFrom17To40().make(),
                Hull.OF_THE_BATCH);
    }

    @Property
    void coMixupOfUnevenBlocks(@ForAll Batch.Recipe recipe) {
        check(
                CoMixup.builder().dataFormat(recipe.format()).build(),
                recipe.ofSidesFrom17To40().make(),
                Hull.OF_THE_BATCH);
    }

    /** Its label weights come from saliency and need not sum to 1. */
    @Property
    void snapMix(@ForAll Batch.Recipe recipe) {
        BatchMixer mixer = SnapMix.builder().dataFormat(recipe.format()).build();
        Batch batch = recipe.make();
        if (batch.labels().size(1) == 1) { // one column names no class
            assertThrows(IllegalArgumentException.class, () -> mixer.plan(batch.images(), batch.labels(), 0, 0));
            return;
        }
        check(mixer, batch, Hull.OF_THE_BATCH_FREE_LABELS);
    }

    @Property
    void augMixThenGuidedMixup(@ForAll Batch.Recipe recipe) {
        BatchMixer mixer = AugMix.builder()
                .range(-1, 200)
                .dataFormat(recipe.format())
                .build()
                .then(GuidedMixup.builder()
                        .mixProbability(1)
                        .dataFormat(recipe.format())
                        .build());
        Batch batch = recipe.make();
        for (int i = 0; i < batch.size(); i++) {
            if (batch.isFinite(i) && batch.largest(i) > 1e15) {
                assertThrows(IllegalArgumentException.class, () -> mixer.plan(batch.images(), batch.labels(), 0, 0));
                return;
            }
        }
        check(mixer, batch, Hull.NONE);
    }

    private static MixPlan check(BatchMixer mixer, Batch batch, Hull hull) {
        INDArray images = batch.images();
        INDArray labels = batch.labels();
        double[][] memory = batch.memory();

        MixPlan plan = mixer.plan(images, labels, 2, 3);
        MixedBatch mixed = plan.apply(images, labels);
        double[][] pixels = Batch.rows(mixed.images());
        double[][] shares = Batch.rows(mixed.labels());

        assertArrayEquals(images.shape(), mixed.images().shape());
        assertArrayEquals(labels.shape(), mixed.labels().shape());
        assertEquals(
                images.dataType().isFPType() ? images.dataType() : DataType.FLOAT,
                mixed.images().dataType());
        assertEquals(labels.dataType(), mixed.labels().dataType());
        if (!plan.isMixed()) {
            assertRowsEqual(batch.pixels(), pixels, "an unmixed batch");
            assertRowsEqual(batch.shares(), shares, "unmixed labels");
        } else {
            hull.check(batch, plan, pixels, shares);
        }

        assertRowsEqual(pixels, Batch.rows(plan.mix(images)), "the same plan again");
        assertRowsEqual(shares, Batch.rows(plan.mixLabels(labels)), "the same plan's labels again");
        MixedBatch again = mixer.plan(images, labels, 2, 3).apply(images, labels);
        assertRowsEqual(pixels, Batch.rows(again.images()), "a second plan of the same batch");
        assertRowsEqual(shares, Batch.rows(again.labels()), "a second plan's labels");
        assertArrayEquals(memory, batch.memory(), "images or labels changed");
        return plan;
    }

    private static void assertRowsEqual(double[][] expected, double[][] actual, String what) {
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i], what + ", image " + i);
        }
    }
}
