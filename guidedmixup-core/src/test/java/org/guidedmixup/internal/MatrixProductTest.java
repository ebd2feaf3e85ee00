package org.guidedmixup.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MatrixProductTest {

    @ParameterizedTest
    @CsvSource({"FLOAT,1,1,1", "FLOAT,7,3,5", "DOUBLE,7,3,5", "FLOAT,1,40,9", "FLOAT,65,130,33", "FLOAT,300,128,256"})
    void productsAreThoseOfAPlainLoop(DataType type, int m, int k, int n) {
        INDArray a = RandomImages.maps(1, 1, m, k).reshape(m, k).castTo(type);
        INDArray b = RandomImages.maps(2, 1, k, n).reshape(k, n).castTo(type);
        assertProduct(a, b, MatrixProduct.of(a, b));
        INDArray columns = a.transpose().dup('c').transpose();
        assertProduct(a, b, MatrixProduct.of(columns, b));
        assertProduct(a, b, MatrixProduct.of(a, b.dup('f')));
    }

    private static void assertProduct(INDArray a, INDArray b, INDArray product) {
        assertEquals('c', product.ordering());
        assertEquals(a.dataType(), product.dataType());
        for (int i = 0; i < a.size(0); i++) {
            for (int j = 0; j < b.size(1); j++) {
                double sum = 0;
                for (int l = 0; l < a.size(1); l++) {
                    sum += a.getDouble(i, l) * b.getDouble(l, j);
                }
                assertEquals(sum, product.getDouble(i, j), 1e-5 * sum, i + ", " + j);
            }
        }
    }

    @Test
    void productsOfRowsAreAdded() {
        INDArray rows = RandomImages.maps(3, 1, 6, 50).reshape(6, 50);
        INDArray first = rows.get(NDArrayIndex.interval(0, 4), NDArrayIndex.all());
        INDArray sums = Nd4j.create(DataType.FLOAT, 4, 6).addi(2);
        MatrixProduct.addRowProducts(first, rows, sums);
        MatrixProduct.addRowProducts(first, rows, sums);
        assertProduct(first, rows.transpose(), sums.subi(2).divi(2));
    }
}
