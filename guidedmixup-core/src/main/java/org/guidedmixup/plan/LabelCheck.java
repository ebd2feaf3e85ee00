package org.guidedmixup.plan;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.guidedmixup.internal.Scratch;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.HostArray;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks that the labels of a batch can be mixed; the message says what to do if they cannot. */
final class LabelCheck {
    /** Values at a time. */
    private static final int RUN = 4096;

    /** With fewer values, checking takes less time than starting a thread. */
    private static final int WORTH_A_THREAD = 1 << 16;

    /** The largest label of a single column: 1 plus rounding. */
    private static final float LARGEST_SINGLE = 1.01f;

    private final INDArray labels;
    private final BatchShape shape;

    private LabelCheck(INDArray labels, BatchShape shape) {
        this.labels = labels;
        this.shape = shape;
    }

    /**
     * Checks shape, type and values.
     *
     * @param labels null, or any array. Not modified.
     * @param shape the sizes of the images
     * @throws IllegalArgumentException if they are not labels for these images
     */
    static void require(INDArray labels, BatchShape shape) {
        if (labels == null) {
            throw new IllegalArgumentException("labels: expected one-hot or soft labels [batch, classes], got null");
        }
        new LabelCheck(labels, shape).require();
    }

    private void require() {
        if (labels.isEmpty() || labels.length() == 0) {
            throw refused("expected [batch, classes] with no size of 0");
        }
        if (labels.dataType() != DataType.BOOL && !labels.dataType().isNumerical()) {
            throw refused("expected numbers, got " + labels.dataType());
        }
        if (labels.rank() == 0 || labels.size(0) != shape.images()) {
            throw new IllegalArgumentException("images " + shape.withChannels(String.valueOf(shape.channels()))
                    + " and labels " + Arrays.toString(labels.shape()) + ": batch sizes differ");
        }
        try (MemoryWorkspace scratch = Scratch.open(LabelCheck.class)) {
            HostArray values = HostArray.reading(labels);
            if (labels.rank() == 1) {
                throw oneNumber(all(values), ", reshaped to [batch, 1]");
            }
            requireRank();
            boolean oneColumn = shape.classes(labels) == 1;
            if (!areFine(values, oneColumn ? LARGEST_SINGLE : Float.MAX_VALUE)) {
                throw oneColumn ? oneNumber(all(values), "") : outside(all(values));
            }
        }
    }

    private void requireRank() {
        if (labels.rank() == 2 || shape.isDense(labels)) {
            return;
        }
        String sizes = shape.withChannels("classes");
        if (labels.rank() == 3 && labels.size(1) == shape.height() && labels.size(2) == shape.width()) {
            throw refused("dense labels have an axis of classes; expected " + sizes
                    + ", one-hot for every pixel, or 0 and 1 with one class");
        }
        if (labels.rank() == 4) {
            throw refused("dense labels are mixed pixel by pixel; expected the images' height and width, " + sizes
                    + "; the mixer was built for " + shape.format()
                    + (isRow() ? ", and images as rows have a height with imageShape(channels, height, width)" : ""));
        }
        throw refused("expected one-hot or soft labels of rank 2, [batch, classes], or dense labels " + sizes
                + ", got rank " + labels.rank());
    }

    /** Returns whether an image is one row of values, as for methods that mix any rank. */
    private boolean isRow() {
        return shape.channels() == 1 && shape.height() == 1;
    }

    /** Returns whether all values are finite and from 0 to {@code most}. */
    private boolean areFine(HostArray values, float most) {
        int perImage = Math.toIntExact(values.length() / shape.images());
        AtomicBoolean fine = new AtomicBoolean(true);
        Chunks.forEach(shape.images(), Math.max(1, WORTH_A_THREAD / perImage), (from, to) -> {
            float[] run = new float[Math.min(perImage, RUN)];
            boolean inside = true;
            for (long start = (long) from * perImage; start < (long) to * perImage; start += run.length) {
                int count = (int) Math.min(run.length, (long) to * perImage - start);
                values.read(start, run, count);
                for (int i = 0; i < count; i++) {
                    inside &= run[i] >= 0 && run[i] <= most; // false for NaN
                }
            }
            if (!inside) {
                fine.set(false);
            }
        });
        return fine.get();
    }

    private static float[] all(HostArray values) {
        float[] all = new float[Math.toIntExact(values.length())];
        values.read(0, all, all.length);
        return all;
    }

    private IllegalArgumentException oneNumber(float[] values, String reshaped) {
        if (isHinge(values)) {
            return outside(values);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return outside(values);
            }
        }
        for (float value : values) {
            if (value < 0 || value != Math.rint(value)) {
                return refused(
                        "expected classes, got numbers such as " + value + "; to mix regression targets, scale them "
                                + "to 0 to 1 first, (y - min) / (max - min)" + reshaped);
            }
        }
        if (labels.rank() == 4) {
            return refused("class indices cannot be mixed; expected one-hot or soft labels for every pixel, "
                    + shape.withChannels("classes"));
        }
        return refused("class indices cannot be mixed; expected one-hot or soft labels "
                + "[batch, classes]; convert them first: Nd4j.create(DataType.FLOAT, batch, classes), "
                + "then putScalar(image, index, 1) for every image; if these are the targets of a regression, bring them to 0 "
                + "to 1, (y - min) / (max - min)");
    }

    private IllegalArgumentException outside(float[] values) {
        if (isHinge(values)) {
            return refused(
                    "expected values of at least 0, got -1 and 1, the labels of a hinge loss, which is not defined for "
                            + "mixed labels; use 0 and 1, and LossBinaryXENT with a sigmoid or LossMCXENT with softmax");
        }
        int perImage = values.length / shape.images();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return refused("expected finite values, got " + values[i] + " for image " + i / perImage);
            }
            if (values[i] < 0) {
                return refused("expected values of at least 0, got " + values[i] + " for image " + i / perImage
                        + "; to mix regression targets, scale them to 0 to 1 first, (y - min) / (max - min)");
            }
        }
        throw new IllegalStateException("no value is outside");
    }

    private static boolean isHinge(float[] values) {
        boolean negative = false;
        for (float value : values) {
            if (Math.abs(value) != 1) {
                return false;
            }
            negative |= value < 0;
        }
        return negative;
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("labels " + Arrays.toString(labels.shape()) + ": " + why);
    }
}
