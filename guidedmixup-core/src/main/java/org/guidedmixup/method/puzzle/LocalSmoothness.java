package org.guidedmixup.method.puzzle;

/** Adds the pixels of two images along block borders to the energy of their puzzle. */
final class LocalSmoothness {
    private LocalSmoothness() {}

    /**
     * Returns the energy of a pair.
     *
     * @param side blocks along a side, b
     * @param u1 saliency of the blocks of image 1, [b b]. Not modified.
     * @param u2 saliency of the blocks of image 2, [b b]. Not modified.
     * @param image1 borders of image 1
     * @param image2 borders of image 2
     * @param channels C
     * @param local β' γ, the weight of the differences
     * @param smoothness β'
     */
    static PuzzleEnergy energy(
            int side,
            double[] u1,
            double[] u2,
            BlockBorders image1,
            BlockBorders image2,
            int channels,
            double local,
            double smoothness) {
        double[] first = u1.clone();
        double[] second = u2.clone();
        double[] down = fold(
                new double[][] {
                    image1.ownDown(), image1.down(image2, channels), image2.down(image1, channels), image2.ownDown()
                },
                local,
                first,
                second,
                new Neighbours(side, side, side));
        double[] right = fold(
                new double[][] {
                    image1.ownRight(), image1.right(image2, channels), image2.right(image1, channels), image2.ownRight()
                },
                local,
                first,
                second,
                new Neighbours(side, side - 1, 1));
        return new PuzzleEnergy(side, first, second, right, down, smoothness);
    }

    /** Border e lies between block near(e) and the block {@code step} further. */
    private record Neighbours(int side, int perRow, int step) {
        int near(int border) {
            return border / perRow * side + border % perRow;
        }
    }

    /**
     * Splits the four costs d_ab of a border, with image a before it and image b behind it, into a cost per block and a
     * pairwise cost that is 0 for blocks of the same image.
     */
    private static double[] fold(
            double[][] differences, double local, double[] first, double[] second, Neighbours neighbours) {
        double[] pairwise = new double[differences[0].length];
        for (int border = 0; border < pairwise.length; border++) {
            double half = local / 2;
            double d11 = half * differences[0][border];
            double d12 = half * differences[1][border];
            double d21 = half * differences[2][border];
            double d22 = half * differences[3][border];
            int near = neighbours.near(border);
            int far = near + neighbours.step;
            second[near] += d12 + d11;
            first[near] += d21 + d22;
            second[far] += d21 + d11;
            first[far] += d12 + d22;
            pairwise[border] = d21 + d12 - d22 - d11;
        }
        return pairwise;
    }
}
