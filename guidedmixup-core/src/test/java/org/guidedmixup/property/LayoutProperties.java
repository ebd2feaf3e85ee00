package org.guidedmixup.property;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.assertCloseRelative;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.guidedmixup.mask.Box;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.BoxPlan;
import org.guidedmixup.plan.LabelSmoothing;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.saliency.ClassActivation;
import org.guidedmixup.saliency.GradientMagnitude;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tests that arrays are read correctly in every memory layout. */
@Domain(Batches.class)
class LayoutProperties {

    /** The basis of the other properties: their arrays hold the intended values. */
    @Property
    void arraysHoldWhatWasStored(@ForAll Batch.Recipe recipe) {
        Batch batch = recipe.make();
        INDArray images = batch.images();
        int perImage = batch.pixels()[0].length;
        for (int i = 0; i < batch.size(); i++) {
            for (int p = 0; p < perImage; p += 1 + perImage / 50) {
                long x = p % images.size(3);
                long y = p / images.size(3) % images.size(2);
                long k = p / images.size(3) / images.size(2);
                assertEquals(batch.pixels()[i][p], images.getDouble(i, k, y, x));
            }
        }
    }

    @Property
    void spectralResidual(@ForAll Batch.Recipe recipe) {
        Batch batch = recipe.ofNoise().make();
        INDArray expected = new SpectralResidual().detect(batch.plainImages(), recipe.format());
        INDArray actual = new SpectralResidual().detect(batch.images(), recipe.format());
        assertCloseRelative(expected, actual, 1e-3, 1e-3, "saliency");
    }

    @Property
    void gradientMagnitude(@ForAll Batch.Recipe recipe) {
        Assume.that(recipe.type().isFPType()); // gradients are
        Batch batch = recipe.make();
        INDArray expected = GradientMagnitude.of(batch.plainImages(), recipe.format());
        INDArray actual = GradientMagnitude.of(batch.images(), recipe.format());
        assertArrayEquals(Batch.rows(expected), Batch.rows(actual));
    }

    @Property
    void classActivation(@ForAll Batch.Recipe recipe) {
        SplittableRandom random = new SplittableRandom(recipe.seed());
        int m = recipe.contents().size();
        int classes = 2 + random.nextInt(3);
        long[][] shapes = {{m, recipe.channels(), 2, 3}, {recipe.channels(), classes}, {m, classes}};
        INDArray[] plain = new INDArray[3];
        INDArray[] stored = new INDArray[3];
        Layout[] layouts = {recipe.layout(), recipe.labelLayout(), recipe.layout()};
        for (int i = 0; i < 3; i++) {
            double[] values = random.doubles(Arrays.stream(shapes[i]).reduce(1, (a, b) -> a * b))
                    .toArray();
            if (i == 2) {
                divideBySums(values, classes);
            }
            plain[i] = Layout.dense(values, DataType.FLOAT, shapes[i]);
            stored[i] =
                    layouts[i].store(values, DataType.FLOAT, shapes[i], random).array();
        }
        INDArray expected = ClassActivation.of(plain[0], plain[1], plain[2], recipe.height(), recipe.width());
        INDArray actual = ClassActivation.of(stored[0], stored[1], stored[2], recipe.height(), recipe.width());
        assertClose(expected, actual, 1e-4, "class activation");
    }

    /** Makes every row a distribution over classes. */
    private static void divideBySums(double[] rows, int columns) {
        for (int start = 0; start < rows.length; start += columns) {
            double sum = Arrays.stream(rows, start, start + columns).sum();
            for (int k = start; k < start + columns; k++) {
                rows[k] /= sum;
            }
        }
    }

    @Property
    void maskPlan(@ForAll Batch.Recipe recipe) {
        Batch batch = recipe.make();
        int m = batch.size();
        INDArray plain = batch.plainImages();
        BatchShape shape = BatchShape.ofImages(plain, recipe.format());
        double[] shares = new SplittableRandom(recipe.seed())
                .doubles((long) m * shape.height() * shape.width())
                .toArray();
        INDArray weights = Layout.dense(shares, DataType.FLOAT, new long[] {m, shape.height(), shape.width()});
        MaskPlan plan = new MaskPlan(shape, next(m), MixMask.of(weights), LabelSmoothing.NONE, 0);
        boolean moderate = recipe.contents().stream().noneMatch(c -> c == Content.HUGE);
        assertClose(plan.mix(plain), plan.mix(batch.images()), moderate ? 1e-4 : 1e33, "mixed");
    }

    @Property
    void boxPlan(@ForAll Batch.Recipe recipe) {
        Batch batch = recipe.make();
        INDArray plain = batch.plainImages();
        BatchShape shape = BatchShape.ofImages(plain, recipe.format());
        int top = shape.height() / 3;
        int left = shape.width() / 3;
        Box box = new Box(top, left, shape.height() - top, (shape.width() - left + 1) / 2);
        BoxPlan plan = new BoxPlan(
                shape, next(batch.size()), List.copyOf(Collections.nCopies(batch.size(), box)), LabelSmoothing.NONE, 0);
        assertArrayEquals(Batch.rows(plan.mix(plain)), Batch.rows(plan.mix(batch.images())));
    }

    private static Pairing next(int size) {
        int[] targets = new int[size];
        for (int i = 0; i < size; i++) {
            targets[i] = (i + 1) % size;
        }
        return Pairing.of(targets);
    }
}
