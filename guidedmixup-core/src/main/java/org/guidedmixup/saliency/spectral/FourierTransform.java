package org.guidedmixup.saliency.spectral;

import org.guidedmixup.filter.AxisMatrix;
import org.guidedmixup.internal.MatrixProduct;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Discrete Fourier transform along the last axis as one matrix product, which runs on every backend; ND4J has no FFT.
 *
 * <p>Complex arrays are pairs of real ones. O(n) multiplications per element.
 */
final class FourierTransform extends AxisMatrix {
    private static final long serialVersionUID = 1L;

    /**
     * A complex array.
     *
     * @param real the real part, [M, A, B]
     * @param imaginary the imaginary part, [M, A, B]
     */
    record Complex(INDArray real, INDArray imaginary) {
        /** Returns both parts with their last two axes exchanged. */
        Complex transpose() {
            return new Complex(real.permute(0, 2, 1), imaginary.permute(0, 2, 1));
        }
    }

    /** Computes cosine and sine side by side, [n, 2n]. */
    @Override
    public float[][] compute(int length) {
        float[][] matrix = new float[length][2 * length];
        for (int position = 0; position < length; position++) {
            for (int frequency = 0; frequency < length; frequency++) {
                // Reduced before the division, so that the angle is exact for long axes too.
                double angle = 2 * Math.PI * ((long) position * frequency % length) / length;
                matrix[position][frequency] = (float) Math.cos(angle);
                matrix[position][length + frequency] = (float) Math.sin(angle);
            }
        }
        return matrix;
    }

    /** Computes the forward transform of a real array, e^(−iθ) = cos θ − i sin θ. */
    Complex forward(INDArray real) {
        Complex product = times(real);
        return new Complex(product.real, product.imaginary.neg());
    }

    /** Computes the forward transform of a complex array. */
    Complex forward(Complex z) {
        Complex re = times(z.real);
        Complex im = times(z.imaginary);
        return new Complex(re.real.add(im.imaginary), im.real.sub(re.imaginary));
    }

    /** Computes the inverse transform of a complex array, not yet divided by the length. */
    Complex inverse(Complex z) {
        Complex re = times(z.real);
        Complex im = times(z.imaginary);
        return new Complex(re.real.sub(im.imaginary), im.real.add(re.imaginary));
    }

    /** Computes the products with the cosines and with the sines. */
    private Complex times(INDArray array) {
        long m = array.size(0);
        long a = array.size(1);
        long n = array.size(2);
        INDArray rows = array.dup('c').reshape('c', m * a, n);
        INDArray both = MatrixProduct.of(rows, of(Math.toIntExact(n))).reshape('c', m, a, 2 * n);
        INDArrayIndex all = NDArrayIndex.all();
        return new Complex(
                both.get(all, all, NDArrayIndex.interval(0, n)), both.get(all, all, NDArrayIndex.interval(n, 2 * n)));
    }
}
