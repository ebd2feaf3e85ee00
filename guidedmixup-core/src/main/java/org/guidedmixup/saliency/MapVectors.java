package org.guidedmixup.saliency;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.guidedmixup.internal.host.Filtering;
import org.guidedmixup.internal.host.HostFilter;
import org.guidedmixup.internal.host.HostMaps;

/**
 * Vectors that are exactly as far apart as the maps of a batch, in parts. A map that is kept smaller and becomes z = A s Bᵀ by a last
 * filter has the vector R s Sᵀ, with the triangular factors of A = Q R and B = P S, which has as many elements as s: ‖A (s − t) Bᵀ‖
 * = ‖R (s − t) Sᵀ‖. The mean 1 / N that all maps share is subtracted first, which changes no distance but keeps more digits.
 */
public final class MapVectors {
    /** Fewer rows at a time leave vector instructions idle. */
    private static final int SHORTEST_ROW = 64;

    private final HostMaps maps;
    /** The filter of every part; empty if vectors are the maps themselves. */
    private final List<HostFilter> filters;

    private final int parts;
    private final int partLength;
    private final float mean;

    private MapVectors(HostMaps maps, List<HostFilter> filters, int parts, int partLength) {
        this.maps = maps;
        this.filters = filters;
        this.parts = parts;
        this.partLength = partLength;
        mean = 1f / maps.pixels();
    }

    static MapVectors of(HostMaps maps, int longestPart) {
        Optional<HostFilter> last = maps.last();
        if (last.isEmpty()) {
            int length = Math.min(maps.pixels(), Math.max(1, longestPart));
            return new MapVectors(maps, List.of(), (maps.pixels() + length - 1) / length, length);
        }
        int height = last.get().inputHeight();
        int width = last.get().inputWidth();
        int rows = Math.max(Math.min(height, SHORTEST_ROW), Math.min(height, longestPart / width));
        List<HostFilter> filters = last.get().isometric(rows);
        return new MapVectors(maps, filters, filters.size(), rows * width);
    }

    /**
     * Returns the number of parts.
     *
     * @return at least 1
     */
    public int parts() {
        return parts;
    }

    /**
     * Returns the length of every part.
     *
     * @return at least 1
     */
    public int partLength() {
        return partLength;
    }

    /**
     * Returns a reader for one thread.
     *
     * @return the reader, to be closed
     */
    public Reader reader() {
        return new Reader();
    }

    /** Reads vectors. */
    public final class Reader implements AutoCloseable {
        private final List<Filtering> filterings =
                filters.stream().map(filter -> filter.filterings().borrow()).toList();

        private Reader() {}

        /**
         * Reads a part of the vector of a map.
         *
         * @param map the number of the map
         * @param part the number of the part
         * @param target receives {@link #partLength} elements, 0 beyond the last. Modified.
         */
        public void read(int map, int part, float[] target) {
            float[] kept = maps.kept()[map];
            if (!filterings.isEmpty()) {
                float[][] input = filterings.get(part).input;
                int width = input[0].length;
                for (int y = 0; y < input.length; y++) {
                    System.arraycopy(kept, y * width, input[y], 0, width);
                    subtract(input[y], mean);
                }
                filter(filterings.get(part), target);
                return;
            }
            int from = part * partLength;
            int there = Math.min(partLength, kept.length - from);
            System.arraycopy(kept, from, target, 0, there);
            for (int l = 0; l < there; l++) {
                target[l] -= mean;
            }
            Arrays.fill(target, there, partLength, 0);
        }

        private static void subtract(float[] row, float mean) {
            for (int x = 0; x < row.length; x++) {
                row[x] -= mean;
            }
        }

        /** Filters the input that has been set. */
        private void filter(Filtering filtering, float[] target) {
            float[][] columns = filtering.columns();
            int length = columns[0].length;
            for (int x = 0; x < columns.length; x++) {
                System.arraycopy(columns[x], 0, target, x * length, length);
            }
            Arrays.fill(target, columns.length * length, partLength, 0);
        }

        /**
         * Returns the squared distance of two maps, without subtracting large numbers.
         *
         * @param i the number of a map
         * @param j the number of another one
         * @return ‖zᵢ − zⱼ‖²
         */
        public double squaredDistance(int i, int j) {
            float[] a = maps.kept()[i];
            float[] b = maps.kept()[j];
            float[] difference = new float[a.length];
            for (int l = 0; l < difference.length; l++) {
                difference[l] = a[l] - b[l];
            }
            if (filterings.isEmpty()) {
                return square(difference);
            }
            double square = 0;
            float[] part = new float[partLength];
            for (Filtering filtering : filterings) {
                int width = filtering.input[0].length;
                for (int y = 0; y < filtering.input.length; y++) {
                    System.arraycopy(difference, y * width, filtering.input[y], 0, width);
                }
                filter(filtering, part);
                square += square(part);
            }
            return square;
        }

        @Override
        public void close() {
            for (int part = 0; part < filterings.size(); part++) {
                filters.get(part).filterings().giveBack(filterings.get(part));
            }
        }

        private static double square(float[] values) {
            double sum = 0;
            for (float value : values) {
                sum += (double) value * value;
            }
            return sum;
        }
    }
}
