package org.guidedmixup.bench.data;

/** A source of images: a folder in one of the known layouts, or the embedded shapes. */
@FunctionalInterface
public interface DataSource {
    /**
     * Reads the images into memory.
     *
     * @param options how much to load, and at which size
     * @return training and test images
     * @throws DataException if files are missing, damaged or contradict each other
     */
    ImageData load(LoadOptions options);
}
