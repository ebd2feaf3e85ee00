package org.guidedmixup.internal.host;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The maps of a batch on the JVM heap, one array per map: what a plan keeps between drawing and mixing. The garbage collector
 * reuses this memory; off-heap memory would come from the operating system again for every large batch.
 */
public final class HostMaps {
    private final float[][] maps;
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
        this.maps = maps;
        this.height = height;
        this.width = width;
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
                copy.maps[i] = new float[copy.pixels()];
                array.read((long) i * copy.pixels(), copy.maps[i], copy.pixels());
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
        return maps.length;
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
     * Returns all maps.
     *
     * @return [M][H · W]; do not modify
     */
    public float[][] maps() {
        return maps;
    }

    /**
     * Returns one map.
     *
     * @param index the index of the map
     * @return its pixels row by row; do not modify
     */
    public float[] map(int index) {
        return maps[index];
    }

    /**
     * Sets a map.
     *
     * @param index the index of the map
     * @param map its pixels row by row. Kept.
     */
    public void set(int index, float[] map) {
        maps[index] = map;
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
            for (int i = from; i < to; i++) {
                target.write((long) i * pixels(), maps[i], pixels());
            }
        });
        return array;
    }
}
