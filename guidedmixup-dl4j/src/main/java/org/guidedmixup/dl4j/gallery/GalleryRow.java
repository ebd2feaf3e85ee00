package org.guidedmixup.dl4j.gallery;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.guidedmixup.Batch;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.MixSteps;
import org.guidedmixup.MixerChoice;
import org.guidedmixup.dl4j.ImageBatch;
import org.guidedmixup.dl4j.picture.PixelFormat;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.internal.Views;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The pictures of one batch.
 *
 * @param pairs a pair for every image shown
 * @param notes the lines above them
 */
record GalleryRow(List<MixedPair> pairs, List<String> notes) {

    /**
     * How batches are mixed and drawn.
     *
     * @param mixer mixes them
     * @param epoch the epoch that they are mixed for
     * @param images the most images shown of a batch
     * @param format the image layout, for a mixer that does not report it
     * @param range the values of black and white; empty to choose them by the batch
     * @param channelOrder the order of three channels
     */
    record Drawing(
            BatchMixer mixer,
            int epoch,
            int images,
            Optional<DataFormat> format,
            Optional<ValueRange> range,
            ChannelOrder channelOrder) {

        /**
         * Mixes a batch and draws its row.
         *
         * @param data the batch. Not modified.
         * @param number its number in the epoch, from 0
         * @param names the names of the classes
         * @return the row
         */
        GalleryRow row(DataSet data, int number, ClassNames names) {
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
                    PlanPartners.of(steps.plan(), shape.height(), shape.width()),
                    pixels,
                    names::name);
            int count = Math.min(images, shape.images());
            List<MixedPair> pairs = IntStream.range(0, count)
                    .mapToObj(i -> pictures.pair("image " + i, i))
                    .toList();
            return new GalleryRow(
                    pairs,
                    List.of(
                            headline(number, count, shape, steps.plan()),
                            shown.note() + "; " + pixels.describe(shape.channels())));
        }

        private static MixedBatch mixed(MixPlan plan, ImageBatch batch, BatchShape shape) {
            MixedBatch mixed = plan.apply(batch.images(), batch.labels());
            return new MixedBatch(withAxes(mixed.images(), shape), Views.toBeCut(mixed.labels()));
        }

        /** Returns images that can be cut out of the batch one by one; rows get the axes that the mixer gives them. */
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
                    + nameOf(mixer, number) + ": " + count + " of " + shape.images() + " images, " + shape.width()
                    + " x "
                    + shape.height() + " pixels";
        }

        private String nameOf(BatchMixer method, int batch) {
            return method instanceof MixerChoice choice
                    ? nameOf(choice.chosen(epoch, batch), batch)
                    : method.getClass().getSimpleName();
        }
    }
}
