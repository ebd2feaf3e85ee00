package org.guidedmixup.bench.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.guidedmixup.bench.data.CropBorder;
import org.guidedmixup.bench.model.Initialization;
import org.guidedmixup.bench.model.TrainingLoss;

/**
 * Training protocols: those of the paper (Kang and Kim 2023), from its text and its authors' scripts, and two for a
 * laptop. The command line can override every setting.
 */
public enum PaperProtocol {
    /** Minutes on a laptop; the one-cycle schedule. */
    QUICK("small-resnet", 30, 50, 0.1, List.of(), 5e-4, 0, CropBorder.DEFAULT, TrainingLoss.CE, Initialization.HE),
    /** A quarter of an hour on a laptop, long enough for mixing to pay on a thousand images. */
    SMALL("small-resnet", 240, 50, 0.1, List.of(), 5e-4, 0, CropBorder.DEFAULT, TrainingLoss.CE, Initialization.HE),
    /** Tables 1, 4 and 6 (with wrn28-10), and 8. */
    CIFAR100(
            "preactresnet18",
            1200,
            100,
            0.1,
            List.of(400, 800),
            1e-4,
            0,
            CropBorder.BLACK,
            TrainingLoss.BCE,
            Initialization.PYTORCH),
    /** Table 1. Guided-AP keeps the loss of the clean batch. */
    TINY_IMAGENET(
            "preactresnet18",
            1200,
            100,
            0.2,
            List.of(600, 900),
            1e-4,
            1,
            CropBorder.BLACK,
            TrainingLoss.BCE,
            Initialization.PYTORCH),
    /** Tables 2, 3 and 7: fine-grained data sets. */
    FGVC("resnet18", 300, 16, 0.01, List.of(150, 225), 5e-4, 0, CropBorder.DEFAULT, TrainingLoss.CE, Initialization.HE),
    /** Table 5. The paper says 100 epochs; the rest is usual for ImageNet. */
    IMAGENET(
            "resnet50",
            100,
            256,
            0.1,
            List.of(30, 60, 90),
            1e-4,
            0,
            CropBorder.DEFAULT,
            TrainingLoss.CE,
            Initialization.HE);

    private final String model;
    private final int epochs;
    private final int batch;
    private final double learningRate;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Integer> rateFalls;

    private final double weightDecay;
    private final double cleanLossWeight;
    private final CropBorder cropBorder;
    private final TrainingLoss loss;
    private final Initialization initialization;

    PaperProtocol(
            String model,
            int epochs,
            int batch,
            double learningRate,
            List<Integer> rateFalls,
            double weightDecay,
            double cleanLossWeight,
            CropBorder cropBorder,
            TrainingLoss loss,
            Initialization initialization) {
        this.model = model;
        this.epochs = epochs;
        this.batch = batch;
        this.learningRate = learningRate;
        this.rateFalls = rateFalls;
        this.weightDecay = weightDecay;
        this.cleanLossWeight = cleanLossWeight;
        this.cropBorder = cropBorder;
        this.loss = loss;
        this.initialization = initialization;
    }

    /**
     * Finds a protocol by name.
     *
     * @param name such as {@code tiny-imagenet}
     * @return the protocol
     * @throws IllegalArgumentException if there is none
     */
    public static PaperProtocol named(String name) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--protocol " + name + ": expected one of "
                        + Arrays.stream(values()).map(PaperProtocol::toString).collect(Collectors.joining(", "))));
    }

    /** Returns the name of the network. */
    public String model() {
        return model;
    }

    /** Returns the number of epochs. */
    public int epochs() {
        return epochs;
    }

    /** Returns the batch size. */
    public int batch() {
        return batch;
    }

    /** Returns the highest learning rate. */
    public double learningRate() {
        return learningRate;
    }

    /** Returns the epochs at which the rate falls to a tenth; none for the one-cycle schedule. */
    public List<Integer> rateFalls() {
        return rateFalls;
    }

    /** Returns the weight decay. */
    public double weightDecay() {
        return weightDecay;
    }

    /** Returns the weight of the loss of the batch before mixing, for methods that take saliency from the network. */
    public double cleanLossWeight() {
        return cleanLossWeight;
    }

    /** Returns what the random shift of training images brings in. */
    public CropBorder cropBorder() {
        return cropBorder;
    }

    /** Returns what training minimises. */
    public TrainingLoss loss() {
        return loss;
    }

    /** Returns how the weights of convolutions are drawn. */
    public Initialization initialization() {
        return initialization;
    }

    /** Returns the protocol as command-line options. */
    public String options() {
        String falls = rateFalls.isEmpty()
                ? ""
                : " --lr-steps " + rateFalls.stream().map(String::valueOf).collect(Collectors.joining(","));
        return String.format(
                        Locale.ROOT, "--model %s --epochs %d --batch %d --lr %s", model, epochs, batch, learningRate)
                + falls
                + " --weight-decay " + weightDecay
                + (cleanLossWeight > 0 ? " --clean-loss-weight " + cleanLossWeight : "")
                + " --crop-border " + cropBorder
                + " --loss " + loss
                + " --init " + initialization;
    }

    /** Returns the name on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
