package org.guidedmixup.filter;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.guidedmixup.internal.MatrixProduct;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.HostFilter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear filter that works along rows and columns independently: Y = R X C for every map X. Both steps are one matrix
 * product over all maps, which every ND4J backend does well.
 */
public class SeparableFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What happens along a column of pixels. */
    private final AxisMatrix alongHeight;

    /** What happens along a row of pixels. */
    private final AxisMatrix alongWidth;

    /**
     * Makes a filter of its two steps.
     *
     * @param alongHeight what happens along a column of pixels
     * @param alongWidth what happens along a row of pixels
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
     * @throws IllegalArgumentException if rank or type are others
     */
    public final INDArray apply(INDArray maps) {
        requireMaps(maps);
        Optional<HostArray> host = HostArray.copyOf(maps);
        if (host.isPresent()) {
            int count = Math.toIntExact(maps.size(0));
            HostFilter filter = onHost(Math.toIntExact(maps.size(1)), Math.toIntExact(maps.size(2)));
            INDArray filtered = Nd4j.createUninitialized(
                    DataType.FLOAT, new long[] {count, filter.outputHeight(), filter.outputWidth()}, 'c');
            filter.apply(host.get(), count, HostArray.of(filtered).orElseThrow());
            return filtered;
        }
        return applyPortable(maps);
    }

    /**
     * This filter for maps of one size, computed on the CPU.
     *
     * @param height H
     * @param width W
     * @return the filter
     */
    public final HostFilter onHost(int height, int width) {
        return new HostFilter(alongHeight.bands(height), alongWidth.bands(width));
    }

    /** The reference, on any backend. */
    final INDArray applyPortable(INDArray maps) {
        INDArray columns = alongLastAxis(maps, alongWidth).permute(0, 2, 1);
        return alongLastAxis(columns, alongHeight).permute(0, 2, 1).dup('c');
    }

    /** [M, A, B] times [B, B'], as one product of [M A, B]. */
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
