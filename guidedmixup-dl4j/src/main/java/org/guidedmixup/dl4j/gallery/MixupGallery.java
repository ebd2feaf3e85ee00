package org.guidedmixup.dl4j.gallery;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.guidedmixup.Batch;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.MixSteps;
import org.guidedmixup.MixerChoice;
import org.guidedmixup.dl4j.ImageBatch;
import org.guidedmixup.dl4j.MixupDataSetIterator;
import org.guidedmixup.dl4j.picture.PixelFormat;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.internal.Views;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The first batches of an iterator before and after mixing, as one picture: what a network sees of one's own data.
 *
 * <pre>{@code
 * MixupGallery.of(trainData, mixer).write(Path.of("mixed.png"));
 * }</pre>
 *
 * <p>A row for every batch shows images, what they are mixed with, the result with its label, and what the method has of
 * saliency and masks: orange pixels are the source's, blue ones the target's. Of an image that is put together from several
 * (CoMixup) the two with the largest shares are shown. The line above the row says which batch it is, and
 * how numbers became colours. Batches are mixed as {@link MixupDataSetIterator} mixes the first ones of that epoch.
 *
 * <p><b>The iterator</b> is read from its beginning and left there, if it supports {@code reset}; otherwise the batches that
 * are shown are used up. Its arrays are not modified. It may have any preprocessor but one that mixes.
 *
 * <p><b>Colours.</b> Values from 0 to 1 and from 0 to 255 are shown as such. Others, normalised ones usually, are stretched from
 * black to white batch by batch, and the picture says so; set {@link Builder#range} to see them as they were. Three channels are
 * taken for blue, green and red, as DataVec reads images; set {@link Builder#channelOrder} where they are not.
 *
 * <p>Works without a screen. Where the JDK finds no fonts, the picture has no text.
 */
public final class MixupGallery {
    private final DataSetIterator source;
    private final BatchMixer mixer;
    private final int batches;
    private final int images;
    private final int epoch;
    private final Optional<DataFormat> format;
    private final Optional<ValueRange> range;
    private final ChannelOrder channelOrder;

    private MixupGallery(Builder builder) {
        source = builder.source;
        mixer = builder.mixer;
        batches = builder.batches;
        images = builder.images;
        epoch = builder.epoch;
        format = builder.format;
        range = builder.range;
        channelOrder = builder.channelOrder;
    }

    /**
     * A gallery of the first two batches of epoch 0, with three images each.
     *
     * @param source gives batches of images with labels; the iterator that a {@link MixupDataSetIterator} would be given
     * @param mixer how they are mixed
     * @return the gallery
     * @throws IllegalArgumentException if one of them is null, or the source mixes already
     */
    public static MixupGallery of(DataSetIterator source, BatchMixer mixer) {
        return builder(source, mixer).build();
    }

    /**
     * A gallery with other settings.
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
     * Reads the batches, mixes them and writes the picture. The file is there as a whole or not at all; nothing is read if its
     * name is not one of a PNG.
     *
     * @param file ends with .png; replaced if it exists, directories above it are created
     * @throws IOException if it cannot be written; a file that was there before is then still there
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
        List<Row> rows = rows();
        return GallerySheet.draw(
                rows.stream().map(Row::pairs).toList(),
                rows.stream().map(Row::notes).toList());
    }

    /** The batches, a row for each. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        // What is drawn from is the gallery's own, in nobody's workspace.
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            reset();
            while (rows.size() < batches && source.hasNext()) {
                rows.add(row(source.next(), rows.size()));
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

    /** The pictures of a batch and what stands above them. */
    record Row(List<MixedPair> pairs, List<String> notes) {}

    private Row row(DataSet data, int number) {
        ImageBatch batch = ImageBatch.of(data);
        batch.requireMixable();
        INDArray labels = Views.toBeCut(batch.labels());
        MixSteps steps = mixer.steps(batch.images(), labels, epoch, number);
        BatchShape shape = steps.batch()
                .map(Batch::shape)
                .orElseGet(() -> BatchShape.of(batch.images(), labels, format.orElse(DataFormat.NCHW)));
        INDArray before = withAxes(batch.images(), shape);
        ShownRange shown = range.map(ShownRange::given).orElseGet(() -> ShownRange.guess(before));
        PixelFormat pixels = new PixelFormat(shape.format(), shown.range(), channelOrder);
        ShownBatch pictures = new ShownBatch(
                before,
                labels,
                mixed(steps.plan(), batch, shape),
                steps.batch().flatMap(Batch::seenSaliency),
                PlanTargets.of(steps.plan(), shape.height(), shape.width()),
                pixels,
                new ClassNames(data, source)::name);
        int count = Math.min(images, shape.images());
        List<MixedPair> pairs = IntStream.range(0, count)
                .mapToObj(i -> pictures.pair("image " + i, i))
                .toList();
        return new Row(
                pairs,
                List.of(
                        headline(number, count, shape, steps.plan()),
                        shown.note() + "; " + pixels.describe(shape.channels())));
    }

    private static MixedBatch mixed(MixPlan plan, ImageBatch batch, BatchShape shape) {
        MixedBatch mixed = plan.apply(batch.images(), batch.labels());
        return new MixedBatch(withAxes(mixed.images(), shape), Views.toBeCut(mixed.labels()));
    }

    /** Images that can be cut out of the batch one by one; those that come as rows get the axes that the mixer gives them. */
    private static INDArray withAxes(INDArray images, BatchShape shape) {
        INDArray whole = Views.toBeCut(images);
        if (whole.rank() == 4) {
            return whole;
        }
        return shape.format() == DataFormat.NCHW
                ? whole.reshape('c', shape.images(), shape.channels(), shape.height(), shape.width())
                : whole.reshape('c', shape.images(), shape.height(), shape.width(), shape.channels());
    }

    private String headline(int number, int count, BatchShape shape, MixPlan plan) {
        return "Batch " + number + " of epoch " + epoch + (plan.isMixed() ? ", mixed by " : ", left unmixed by ")
                + nameOf(mixer, number) + ": " + count + " of " + shape.images() + " images, " + shape.width() + " x "
                + shape.height() + " pixels";
    }

    private String nameOf(BatchMixer method, int batch) {
        return method instanceof MixerChoice choice
                ? nameOf(choice.chosen(epoch, batch), batch)
                : method.getClass().getSimpleName();
    }

    /** What a gallery shows of an iterator. */
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
         * How many batches are shown, a row for each; default 2.
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
         * How many images of every batch are shown, the first ones; default 3. All of the batch are mixed.
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
         * The epoch that the batches are mixed for, for mixers that start later; default 0.
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
         * Where the channels of the images stand, for a mixer of one's own that does not say so in its steps; default NCHW. The
         * mixers of this library say what they were built for.
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
         * Which values are black and white; default: 0 and 1, or 0 and 255, where all values of a batch are within and look like
         * it, otherwise the smallest and the largest value of the batch.
         *
         * @param values for normalised images {@link ValueRange#standardized}
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder range(ValueRange values) {
            range = Optional.of(required("range", "a ValueRange", values));
            return this;
        }

        /**
         * The order of three channels; default BGR, as DataVec reads them. Four channels are red, green, blue and opacity, which
         * is not shown; of any other number the mean is shown.
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
