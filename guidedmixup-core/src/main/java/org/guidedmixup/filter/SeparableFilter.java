package org.guidedmixup.filter;

import java.io.Serializable;
import java.util.Arrays;
import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostFilter;
import org.guidedmixup.internal.host.Prepared;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear filter that works along rows and columns independently: Y = R X C for every map X. Each step is one matrix product
 * over all maps, which is fast on every ND4J backend.
 */
public class SeparableFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The matrix along a column of pixels. */
    private final AxisMatrix alongHeight;

    /** The matrix along a row of pixels. */
    private final AxisMatrix alongWidth;

    /** The CPU's filters, by the size of maps. */
    private final Prepared<Size, HostFilter> onHost = new Prepared<>();

    /**
     * Makes a filter of its two steps.
     *
     * @param alongHeight the matrix along a column of pixels
     * @param alongWidth the matrix along a row of pixels
     */
    protected SeparableFilter(AxisMatrix alongHeight, AxisMatrix alongWidth) {
        this.alongHeight = alongHeight;
        this.alongWidth = alongWidth;
    }

    /**
     * Filters maps.
     *
     * @param maps [M, H, W], FLOAT. Not modified.
     * @return a new array [M, H', W'], FLOAT
     * @throws IllegalArgumentException if the rank or type is different
     */
    public final INDArray apply(INDArray maps) {
        requireMaps(maps);
        return HostArray.copyOf(maps).map(host -> onHost(host, maps.shape())).orElseGet(() -> portable(maps));
    }

    /**
     * Returns the step along a column of pixels.
     *
     * @return the matrix R transposed, for any height
     */
    public final AxisMatrix alongHeight() {
        return alongHeight;
    }

    /**
     * Returns the step along a row of pixels.
     *
     * @return the matrix C, for any width
     */
    public final AxisMatrix alongWidth() {
        return alongWidth;
    }

    private INDArray onHost(HostArray maps, long[] shape) {
        HostFilter filter = onHost.get(new Size(Math.toIntExact(shape[1]), Math.toIntExact(shape[2])), this::prepare);
        INDArray filtered = Nd4j.createUninitialized(
                DataType.FLOAT, new long[] {shape[0], filter.outputHeight(), filter.outputWidth()}, 'c');
        filter.apply(maps, Math.toIntExact(shape[0]), HostArray.of(filtered).orElseThrow());
        return filtered;
    }

    private HostFilter prepare(Size size) {
        return HostFilter.of(alongHeight.compute(size.height), alongWidth.compute(size.width));
    }

    private record Size(int height, int width) {}

    /** Returns the reference, on any backend. */
    final INDArray portable(INDArray maps) {
        INDArray columns = alongLastAxis(maps, alongWidth).permute(0, 2, 1);
        return alongLastAxis(columns, alongHeight).permute(0, 2, 1).dup('c');
    }

    /** Multiplies [M, A, B] by [B, B'], as one product of [M A, B]. */
    private static INDArray alongLastAxis(INDArray maps, AxisMatrix matrix) {
        long m = maps.size(0);
        long a = maps.size(1);
        long b = maps.size(2);
        INDArray weights = matrix.of(Math.toIntExact(b));
        INDArray rows = maps.dup('c').reshape('c', m * a, b);
        return MatrixProduct.of(rows, weights).reshape('c', m, a, weights.size(1));
    }

    private static void requireMaps(INDArray maps) {
        if (maps.rank() != 3 || maps.dataType() != DataType.FLOAT || maps.length() == 0) {
            throw new IllegalArgumentException("maps " + maps.dataType() + " " + Arrays.toString(maps.shape())
                    + ": expected FLOAT [batch, height, width]");
        }
    }
}
