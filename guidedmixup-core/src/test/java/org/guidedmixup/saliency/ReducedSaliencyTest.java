package org.guidedmixup.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.guidedmixup.filter.BilinearResize;
import org.guidedmixup.filter.BlockMean;
import org.guidedmixup.saliency.spectral.SpectralResidual;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Saliency computed on smaller images, against plain loops. */
class ReducedSaliencyTest {

    /** Records the images it gets and returns their first channel as saliency. */
    private static final class FirstChannel implements SaliencyDetector {
        private static final long serialVersionUID = 1L;
        final transient List<INDArray> seen = new ArrayList<>();

        @Override
        public INDArray detect(INDArray images, INDArray labels, DataFormat format) {
            seen.add(images);
            INDArray first = format == DataFormat.NCHW ? images : images.permute(0, 3, 1, 2);
            long[] shape = {first.size(0), first.size(2), first.size(3)};
            INDArray maps = Nd4j.create(DataType.FLOAT, shape);
            for (int m = 0; m < shape[0]; m++) {
                for (int y = 0; y < shape[1]; y++) {
                    for (int x = 0; x < shape[2]; x++) {
                        maps.putScalar(m, y, x, first.getDouble(m, 0, y, x));
                    }
                }
            }
            return maps;
        }

        @Override
        public boolean asyncSupported() {
            return false;
        }
    }

    private static final INDArray LABELS = Nd4j.ones(DataType.FLOAT, 2, 3);

    private static INDArray images() {
        return Nd4j.arange(1, 241).castTo(DataType.DOUBLE).reshape(2, 3, 5, 8);
    }

    private static double mean(INDArray images, int m, int c, int row, int column, int scale) {
        double sum = 0;
        int count = 0;
        for (int y = row * scale; y < Math.min((row + 1) * scale, 5); y++) {
            for (int x = column * scale; x < Math.min((column + 1) * scale, 8); x++) {
                sum += images.getDouble(m, c, y, x);
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void detectorSeesTheMeansOfBlocks() {
        for (int scale = 2; scale <= 4; scale++) {
            FirstChannel detector = new FirstChannel();
            INDArray images = images();
            INDArray before = images.dup();
            INDArray maps = ReducedSaliency.of(detector, scale).detect(images, LABELS, DataFormat.NCHW);
            assertEquals(before, images);
            INDArray seen = detector.seen.get(0);
            int rows = (5 + scale - 1) / scale;
            int columns = (8 + scale - 1) / scale;
            assertArrayEquals(new long[] {2, 3, rows, columns}, seen.shape());
            INDArray small = Nd4j.create(DataType.FLOAT, 2, rows, columns);
            for (int m = 0; m < 2; m++) {
                for (int c = 0; c < 3; c++) {
                    for (int y = 0; y < rows; y++) {
                        for (int x = 0; x < columns; x++) {
                            double mean = mean(images, m, c, y, x, scale);
                            assertEquals(mean, seen.getDouble(m, c, y, x), 1e-5 * mean);
                            if (c == 0) {
                                small.putScalar(m, y, x, mean);
                            }
                        }
                    }
                }
            }
            assertArrayEquals(
                    new BilinearResize(5, 8).apply(small).data().asFloat(),
                    maps.data().asFloat(),
                    1e-3f);
        }
    }

    @Test
    void channelsLast() {
        FirstChannel last = new FirstChannel();
        FirstChannel first = new FirstChannel();
        INDArray maps = ReducedSaliency.of(first, 2).detect(images(), LABELS, DataFormat.NCHW);
        INDArray nhwc = images().permute(0, 2, 3, 1);
        assertEquals(maps, ReducedSaliency.of(last, 2).detect(nhwc, LABELS, DataFormat.NHWC));
        assertArrayEquals(new long[] {2, 3, 4, 3}, last.seen.get(0).shape());
        assertFalse(ReducedSaliency.of(last, 2).asyncSupported());
    }

    @Test
    void scaleOneIsTheDetectorItself() {
        SaliencyDetector detector = new SpectralResidual();
        assertSame(detector, ReducedSaliency.of(detector, 1));
        assertTrue(ReducedSaliency.of(detector, 2).asyncSupported());
    }

    @Test
    void refusals() {
        assertThrows(IllegalArgumentException.class, () -> ReducedSaliency.of(null, 2));
        assertThrows(IllegalArgumentException.class, () -> ReducedSaliency.of(new SpectralResidual(), 0));
        assertThrows(IllegalArgumentException.class, () -> new BlockMean(0));
        SaliencyDetector picky = (images, labels, format) -> {
            throw new IllegalArgumentException("wants " + Arrays.toString(new int[] {32, 32}));
        };
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> ReducedSaliency.of(picky, 2)
                .detect(images(), LABELS, DataFormat.NCHW));
        assertEquals("saliencyScale 2, images [2, 3, 3, 4]: wants [32, 32]", refused.getMessage());
    }
}
