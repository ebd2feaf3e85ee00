package org.guidedmixup.internal.host;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The maps of a batch on the JVM heap, one array per map: what a plan keeps between drawing and mixing. The garbage collector
 * reuses this memory; off-heap memory would come from the operating system again for every large batch.
 *
 * <p>Maps that a last filter makes larger are kept as they are before it, and filtered whenever they are read.
 */
public final class HostMaps {
    private final float[][] kept;
    private final Optional<HostFilter> last;
    private final int height;
    private final int width;

    /**
     * Allocates room for maps.
     *
     * @param count M
     * @param height H
     * @param width W
     */
    public HostMaps(int count, int height, int width) {
        this(new float[count][], height, width);
    }

    /**
     * Wraps maps.
     *
     * @param maps [M][H · W], each row by row. Kept.
     * @param height H
     * @param width W
     */
    public HostMaps(float[][] maps, int height, int width) {
        this(maps, Optional.empty(), height, width);
    }

    private HostMaps(float[][] kept, Optional<HostFilter> last, int height, int width) {
        this.kept = kept;
        this.last = last;
        this.height = height;
        this.width = width;
    }

    /**
     * Wraps maps that are filtered when they are read.
     *
     * @param kept [M][w · h], each column by column. Kept.
     * @param last the filter from [w, h] to [W, H], transposed like the maps
     * @return the maps [H, W]
     */
    public static HostMaps filtered(float[][] kept, HostFilter last) {
        return new HostMaps(kept, Optional.of(last), last.outputWidth(), last.outputHeight());
    }

    /**
     * Copies maps.
     *
     * @param array [M, H, W]. Not modified.
     * @param shape M, H and W
     * @return the maps
     */
    public static HostMaps of(HostArray array, long... shape) {
        int count = Math.toIntExact(shape[0]);
        HostMaps copy = new HostMaps(count, Math.toIntExact(shape[1]), Math.toIntExact(shape[2]));
        Chunks.forEach(count, (from, to) -> {
            for (int i = from; i < to; i++) {
                copy.kept[i] = new float[copy.pixels()];
                array.read((long) i * copy.pixels(), copy.kept[i], copy.pixels());
            }
        });
        return copy;
    }

    /**
     * Returns the number of maps.
     *
     * @return M
     */
    public int count() {
        return kept.length;
    }

    /**
     * Returns the height of every map.
     *
     * @return H
     */
    public int height() {
        return height;
    }

    /**
     * Returns the width of every map.
     *
     * @return W
     */
    public int width() {
        return width;
    }

    /**
     * Returns the number of pixels of a map.
     *
     * @return H · W
     */
    public int pixels() {
        return height * width;
    }

    /**
     * Returns what is kept of each map.
     *
     * @return [M][H · W], or fewer numbers if a filter is applied on reading; do not modify
     */
    public float[][] kept() {
        return kept;
    }

    /**
     * Returns the filter from transposed kept maps to transposed maps.
     *
     * @return the filter; empty if maps are kept as they are
     */
    public Optional<HostFilter> last() {
        return last;
    }

    /**
     * Returns a reader for one thread.
     *
     * @return the reader
     */
    public Reader reader() {
        return new Reader();
    }

    /**
     * Sets a map that no filter is applied to.
     *
     * @param index the index of the map
     * @param map its pixels row by row. Kept.
     */
    public void set(int index, float[] map) {
        kept[index] = map;
    }

    /**
     * Copies the maps to an array.
     *
     * @return a new array [M, H, W], FLOAT
     */
    public INDArray toArray() {
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count(), height, width}, 'c');
        HostArray target = HostArray.of(array).orElseThrow();
        Chunks.forEach(count(), (from, to) -> {
            float[] map = new float[pixels()];
            try (Reader reader = reader()) {
                for (int i = from; i < to; i++) {
                    reader.read(i, 0, map, map.length);
                    target.write((long) i * map.length, map, map.length);
                }
            }
        });
        return array;
    }

    /** Reads maps. Remembers the last two, so that going from image to partner to its partner filters each map once. */
    public final class Reader implements AutoCloseable {
        private final Filtering[] filterings;
        /** Whose rows the columns of each filtering are. */
        private final int[] remembered = {-1, -1};

        private int older;

        private Reader() {
            filterings = last.map(filter -> filter.pairs().borrow()).orElseGet(() -> new Filtering[0]);
        }

        /**
         * Copies a run of pixels of a map.
         *
         * @param index the index of the map
         * @param start the first pixel
         * @param target receives the pixels from position 0. Modified.
         * @param count the number of pixels
         */
        public void read(int index, int start, float[] target, int count) {
            if (filterings.length == 0) {
                System.arraycopy(kept[index], start, target, 0, count);
                return;
            }
            float[][] rows = rows(index);
            for (int done = 0; done < count; ) {
                int x = (start + done) % width;
                int length = Math.min(width - x, count - done);
                System.arraycopy(rows[(start + done) / width], x, target, done, length);
                done += length;
            }
        }

        private float[][] rows(int index) {
            int place = remembered[0] == index ? 0 : remembered[1] == index ? 1 : older;
            older = 1 - place;
            if (remembered[place] != index) {
                remembered[place] = index;
                float[][] input = filterings[place].input;
                int length = input[0].length;
                for (int x = 0; x < input.length; x++) {
                    System.arraycopy(kept[index], x * length, input[x], 0, length);
                }
                return filterings[place].columns();
            }
            return filterings[place].lastColumns();
        }

        @Override
        public void close() {
            last.ifPresent(filter -> filter.pairs().giveBack(filterings));
        }
    }
}
