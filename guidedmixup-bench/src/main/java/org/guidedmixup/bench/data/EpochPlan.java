package org.guidedmixup.bench.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** All random choices of one epoch, drawn before it begins: the order of the images and the changes to each. */
final class EpochPlan {
    private final int[] order;
    private final int[] down;
    private final int[] right;
    private final boolean[] flipped;

    private EpochPlan(int count) {
        this.order = IntStream.range(0, count).toArray();
        this.down = new int[count];
        this.right = new int[count];
        this.flipped = new boolean[count];
    }

    /** {@return the images 0 to count - 1 in order and unchanged} */
    static EpochPlan inOrder(int count) {
        return new EpochPlan(count);
    }

    /** {@return these images in this order, unchanged} */
    static EpochPlan of(int... indices) {
        EpochPlan plan = new EpochPlan(indices.length);
        System.arraycopy(indices, 0, plan.order, 0, indices.length);
        return plan;
    }

    /**
     * {@return a random order and random changes}
     *
     * @param count number of images
     * @param augmentation what may happen to each
     * @param random source of the random numbers
     */
    static EpochPlan draw(int count, Augmentation augmentation, SplittableRandom random) {
        EpochPlan plan = new EpochPlan(count);
        RandomStreams.shuffle(plan.order, random);
        int padding = augmentation.padding();
        for (int i = 0; i < count; i++) {
            plan.down[i] = random.nextInt(2 * padding + 1) - padding;
            plan.right[i] = random.nextInt(2 * padding + 1) - padding;
            plan.flipped[i] = random.nextDouble() < augmentation.flipProbability();
        }
        return plan;
    }

    int count() {
        return order.length;
    }

    /** {@return the image at a position of the epoch} */
    int image(int position) {
        return order[position];
    }

    /** {@return by how many rows the crop's window lies below the image's top, negative if above} */
    int down(int position) {
        return down[position];
    }

    /** {@return by how many columns the crop's window lies right of the image's left edge, negative if left of it} */
    int right(int position) {
        return right[position];
    }

    /** {@return whether the crop is mirrored left to right} */
    boolean flipped(int position) {
        return flipped[position];
    }
}
