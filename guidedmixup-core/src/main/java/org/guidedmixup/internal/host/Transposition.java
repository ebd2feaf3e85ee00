package org.guidedmixup.internal.host;

/** Exchanges rows and columns. */
public final class Transposition {
    /** Rows per block: the written part stays in the L1 cache. */
    private static final int BLOCK = 16;

    private Transposition() {}

    /**
     * Moves the element in row r, column c to row c, column r.
     *
     * @param from at least {@code rows} rows. Not modified.
     * @param fromColumn the first column that is read
     * @param rows the number of rows that are read
     * @param columns the number of columns that are read
     * @param to at least {@code columns} rows; other arrays. Modified.
     * @param toColumn the first column that is written
     */
    public static void of(float[][] from, int fromColumn, int rows, int columns, float[][] to, int toColumn) {
        for (int first = 0; first < columns; first += BLOCK) {
            int last = Math.min(columns, first + BLOCK);
            int r = 0;
            for (; r + 4 <= rows; r += 4) {
                float[] a = from[r];
                float[] b = from[r + 1];
                float[] c = from[r + 2];
                float[] d = from[r + 3];
                for (int column = first; column < last; column++) {
                    float[] target = to[column];
                    target[toColumn + r] = a[fromColumn + column];
                    target[toColumn + r + 1] = b[fromColumn + column];
                    target[toColumn + r + 2] = c[fromColumn + column];
                    target[toColumn + r + 3] = d[fromColumn + column];
                }
            }
            for (; r < rows; r++) {
                for (int column = first; column < last; column++) {
                    to[column][toColumn + r] = from[r][fromColumn + column];
                }
            }
        }
    }
}
