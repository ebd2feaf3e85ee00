package org.guidedmixup.dl4j.gallery;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The first batches of an iterator before and after mixing, as one picture: the images that a network is trained on.
 *
 * <pre>{@code
 * MixupGallery.of(trainData, mixer).write(Path.of("mixed.png"));
 * }</pre>
 *
 * <p>A row for every batch shows images, their partners, the mixed images with their labels, and the saliency and masks that the
 * method uses: orange pixels are the image's own, blue ones its partner's. Of an image composed of several (CoMixup) the two
 * with the largest shares are shown. The lines above the row name the batch and the values that are black and white. Batches
 * are mixed as {@link MixupDataSetIterator} mixes the first ones of that epoch.
 *
 * <p><b>The iterator</b> is read from its beginning and left there, if it supports {@code reset}; otherwise the batches that
 * are shown are used up. Its arrays are not modified. It may have any preprocessor except one that mixes.
 *
 * <p><b>Colours.</b> Values from 0 to 1 and from 0 to 255 are shown as such. Others, normalised ones usually, are stretched from
 * black to white batch by batch, and the picture says so; set {@link Builder#range} to see their true colours. Three channels are
 * read as blue, green and red, the order in which DataVec reads images; set {@link Builder#channelOrder} for another.
 *
 * <p>Works without a screen. Where the JDK finds no fonts, the picture has no text.
 */
public final class MixupGallery {
    private final DataSetIterator source;
    private final int batches;
    private final GalleryRow.Drawing drawing;

    private MixupGallery(Builder builder) {
        source = builder.source;
        batches = builder.batches;
        drawing = new GalleryRow.Drawing(
                builder.mixer, builder.epoch, builder.images, builder.format, builder.range, builder.channelOrder);
    }

    /**
     * Returns a gallery of the first two batches of epoch 0, with three images each.
     *
     * @param source batches of images with labels; the iterator that you would pass to a {@link MixupDataSetIterator}
     * @param mixer how they are mixed
     * @return the gallery
     * @throws IllegalArgumentException if one of them is null, or the source mixes already
     */
    public static MixupGallery of(DataSetIterator source, BatchMixer mixer) {
        return builder(source, mixer).build();
    }

    /**
     * Starts a gallery with other settings.
     *
     * @param source as in {@link #of}
     * @param mixer how they are mixed
     * @return a builder
     * @throws IllegalArgumentException if one of them is null, or the source mixes already
     */
    public static Builder builder(DataSetIterator source, BatchMixer mixer) {
        return new Builder(source, mixer);
    }

    /**
     * Reads the batches, mixes them and writes the picture. The file is written in one step; nothing is read if its name does
     * not end with .png.
     *
     * @param file ends with .png; replaced if it exists, directories above it are created
     * @throws IOException if it cannot be written; an existing file is then kept
     * @throws IllegalArgumentException if the name has another ending, or as {@link #draw}
     */
    public void write(Path file) throws IOException {
        PictureFile.requirePng(file);
        PictureFile.write(file, draw());
    }

    /**
     * Reads the batches, mixes them and draws the picture.
     *
     * @return the picture
     * @throws IllegalArgumentException if there is no batch, or one that cannot be mixed
     */
    public BufferedImage draw() {
        List<GalleryRow> rows = rows();
        return GallerySheet.draw(
                rows.stream().map(GalleryRow::pairs).toList(),
                rows.stream().map(GalleryRow::notes).toList());
    }

    /** Returns the batches, a row for each. */
    List<GalleryRow> rows() {
        List<GalleryRow> rows = new ArrayList<>();
        // The arrays that pictures are drawn from must not live in a caller's workspace.
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            reset();
            while (rows.size() < batches && source.hasNext()) {
                DataSet data = source.next();
                rows.add(drawing.row(data, rows.size(), new ClassNames(data, source)));
            }
        } finally {
            reset();
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("source: expected at least one batch, got none"
                    + (source.resetSupported() ? "" : "; it does not support reset and may have been read before"));
        }
        return rows;
    }

    private void reset() {
        if (source.resetSupported()) {
            source.reset();
        }
    }

    /** The settings of a {@link MixupGallery}. */
    public static final class Builder {
        private final DataSetIterator source;
        private final BatchMixer mixer;
        private int batches = 2;
        private int images = 3;
        private int epoch;
        private Optional<DataFormat> format = Optional.empty();
        private Optional<ValueRange> range = Optional.empty();
        private ChannelOrder channelOrder = ChannelOrder.BGR;

        private Builder(DataSetIterator source, BatchMixer mixer) {
            this.source = required("source", "a DataSetIterator", source);
            this.mixer = required("mixer", "a BatchMixer", mixer);
            if (source instanceof MixupDataSetIterator) {
                throw new IllegalArgumentException(
                        "source: expected the iterator inside, got a MixupDataSetIterator, whose images are mixed already");
            }
        }

        /**
         * Sets the number of batches shown, a row for each; default 2.
         *
         * @param count at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder batches(int count) {
            batches = atLeast("batches", 1, count);
            return this;
        }

        /**
         * Sets the number of images shown of each batch, the first ones; default 3. The whole batch is mixed.
         *
         * @param count at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder images(int count) {
            images = atLeast("images", 1, count);
            return this;
        }

        /**
         * Sets the epoch that the batches are mixed for, for mixers that start later; default 0.
         *
         * @param number from 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder epoch(int number) {
            epoch = atLeast("epoch", 0, number);
            return this;
        }

        /**
         * Sets the image layout, for a mixer of your own that does not report it in its steps; default NCHW. The mixers of this
         * library report theirs.
         *
         * @param layout NCHW or NHWC
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder dataFormat(DataFormat layout) {
            format = Optional.of(required("dataFormat", "NCHW or NHWC", layout));
            return this;
        }

        /**
         * Sets the values that are black and white; default: 0 and 1, or 0 and 255, if the values of a batch fit one of these
         * ranges, otherwise the smallest and the largest value of the batch.
         *
         * @param values for normalised images, {@link ValueRange#standardized}
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder range(ValueRange values) {
            range = Optional.of(required("range", "a ValueRange", values));
            return this;
        }

        /**
         * Sets the order of three channels; default BGR, as DataVec reads them. Four channels are red, green, blue and opacity,
         * which is not shown; for any other number of channels, their mean is shown.
         *
         * @param order RGB or BGR
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder channelOrder(ChannelOrder order) {
            channelOrder = required("channelOrder", "RGB or BGR", order);
            return this;
        }

        /**
         * Makes the gallery. Nothing is read yet.
         *
         * @return the gallery
         */
        public MixupGallery build() {
            return new MixupGallery(this);
        }

        private static int atLeast(String name, int least, int value) {
            if (value < least) {
                throw new IllegalArgumentException(name + ": expected at least " + least + ", got " + value);
            }
            return value;
        }

        private static <T> T required(String name, String expected, T value) {
            if (value == null) {
                throw new IllegalArgumentException(name + ": expected " + expected + ", got null");
            }
            return value;
        }
    }
}
