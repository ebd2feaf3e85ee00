package org.guidedmixup.internal;

import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrix products that leave no threads spinning: {@link INDArray#mmul} and {@link Nd4j#gemm} call OpenBLAS, whose threads
 * busy-wait for about 20 ms after a product, on cores that the next step needs. ND4J's {@code matmul} operation with a result
 * in 'c' order does not use OpenBLAS.
 */
public final class MatrixProduct {
    private MatrixProduct() {}

    /**
     * Returns the product of two matrices.
     *
     * @param a [m, k]. Not modified.
     * @param b [k, n] of the same type. Not modified.
     * @return a new array [m, n] in 'c' order
     */
    public static INDArray of(INDArray a, INDArray b) {
        INDArray product = Nd4j.createUninitialized(a.dataType(), new long[] {a.size(0), b.size(1)}, 'c');
        Nd4j.exec(new Mmul(a, b, product, null));
        return product;
    }

    /**
     * Adds the scalar products of all pairs of rows.
     *
     * @param a [m, k]. Not modified.
     * @param b [n, k]; may be or overlap {@code a}. Not modified.
     * @param sums [m, n] in 'c' order, of the same type. Modified.
     */
    public static void addRowProducts(INDArray a, INDArray b, INDArray sums) {
        MMulTranspose second = MMulTranspose.builder().transposeB(true).build();
        Nd4j.exec(new Mmul(a, b, sums, 1, 1, second));
    }
}
