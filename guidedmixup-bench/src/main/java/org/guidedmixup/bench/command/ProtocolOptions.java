package org.guidedmixup.bench.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.guidedmixup.bench.data.CropBorder;
import org.guidedmixup.bench.experiment.PaperProtocol;
import org.guidedmixup.bench.experiment.Protocol;
import org.guidedmixup.bench.model.Initialization;
import org.guidedmixup.bench.model.TrainingLoss;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that set how networks are trained; the protocol supplies those that are not given. */
final class ProtocolOptions {
    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "Protocol that supplies the options below unless given: quick, small, cifar100, tiny-imagenet, fgvc "
                            + "or imagenet; the last four train as the paper (default: quick; the command protocols prints them).")
    private String protocol;

    @Mixin
    private ModelOptions model;

    @Option(names = "--epochs", description = "Epochs (default: the protocol's, 30).")
    private Integer epochs;

    @Option(names = "--batch", description = "Images per batch (default: the protocol's, 50).")
    private Integer batch;

    @Option(names = "--lr", description = "Highest learning rate (default: the protocol's, 0.1).")
    private Double learningRate;

    @Option(
            names = "--lr-steps",
            split = ",",
            paramLabel = "EPOCH",
            description =
                    "Epochs at which the learning rate falls to a tenth, separated by commas; 0 for the one-cycle schedule "
                            + "(default: the protocol's, one-cycle).")
    private List<Integer> rateFalls;

    @Option(names = "--weight-decay", description = "Weight decay (default: the protocol's, 5e-4).")
    private Double weightDecay;

    @Option(
            names = "--mix-probability",
            description =
                    "Share of batches that are mixed, 0 to 1 (default: each method's own, as its authors trained).")
    private Double mixProbability;

    @Option(
            names = "--clean-loss-weight",
            description =
                    "guided-ap: weight of the loss on the batch before mixing, added to the loss after it (default: the "
                            + "protocol's, 0).")
    private Double cleanLossWeight;

    @Option(
            names = "--saliency-scale",
            defaultValue = "1",
            description =
                    "guided-ap: compute saliency on images reduced by this factor; 2 costs a quarter (default: 1).")
    private int saliencyScale;

    @Option(names = "--no-flip", description = "Do not mirror training images; for digits and letters.")
    private boolean noFlip;

    @Option(
            names = "--crop-border",
            paramLabel = "BORDER",
            description =
                    "What the random shift of training images brings in: black (as torchvision's RandomCrop, and the released "
                            + "code of the paper, do it), reflect (the mirrored image), edge (its last pixel) or mean (the "
                            + "mean colour of the training images) (default: the protocol's, or else reflect).")
    private String cropBorder;

    @Option(
            names = "--loss",
            paramLabel = "LOSS",
            description =
                    "What training minimises: ce (cross entropy) or bce (binary cross entropy of the softmax, mean over "
                            + "batch and classes, as the released code of the paper on CIFAR-100 and Tiny-ImageNet); guided-ap takes "
                            + "its saliency from the same loss (default: the protocol's, ce).")
    private String loss;

    @Option(
            names = "--init",
            paramLabel = "NAME",
            description =
                    "How the weights of convolutions are drawn: he (normal, variance 2 over the inputs) or pytorch "
                            + "(its default: uniform, a sixth of that variance) (default: the protocol's, he).")
    private String initialization;

    @Option(
            names = "--initial",
            paramLabel = "FILE",
            description =
                    "Fine-tune: start from the weights of a checkpoint of the same network, whose last layer may be "
                            + "for other classes.")
    private Path initial;

    @Option(
            names = "--evaluate-every",
            defaultValue = "10",
            description = "Epochs between evaluations on the test images (default: ${DEFAULT-VALUE}).")
    private int evaluateEvery;

    /**
     * Returns how to train.
     *
     * @param usual   the protocol if the user named none
     * @param network the name of the network if the user named neither a network nor a protocol
     * @return the protocol with the user's changes
     * @throws IllegalArgumentException if a number is out of its range; the message names the option
     */
    Protocol protocol(PaperProtocol usual, String network) {
        PaperProtocol preset = protocol == null ? usual : PaperProtocol.named(protocol);
        return new Protocol(
                model.architecture(protocol == null ? network : preset.model()),
                or(epochs, preset.epochs()),
                or(batch, preset.batch()),
                or(learningRate, preset.learningRate()),
                rateFalls(preset),
                or(weightDecay, preset.weightDecay()),
                mixProbability == null ? OptionalDouble.empty() : OptionalDouble.of(mixProbability),
                saliencyScale > 1 ? or(cleanLossWeight, 0.0) : or(cleanLossWeight, preset.cleanLossWeight()),
                saliencyScale,
                !noFlip,
                cropBorder == null ? preset.cropBorder() : named("--crop-border", cropBorder, CropBorder.class),
                loss == null ? preset.loss() : named("--loss", loss, TrainingLoss.class),
                initialization == null
                        ? preset.initialization()
                        : named("--init", initialization, Initialization.class),
                Optional.ofNullable(initial),
                evaluateEvery);
    }

    /** Returns the epochs at which the rate falls; a protocol's scale with the epochs: 400 of 1200 become 8 of 24. */
    private List<Integer> rateFalls(PaperProtocol preset) {
        if (rateFalls != null) {
            return rateFalls.equals(List.of(0)) ? List.of() : rateFalls;
        }
        int length = or(epochs, preset.epochs());
        return preset.rateFalls().stream()
                .map(fall -> (int) ((long) fall * length / preset.epochs()))
                .filter(fall -> fall >= 1)
                .distinct()
                .toList();
    }

    private static <E extends Enum<E>> E named(String option, String name, Class<E> type) {
        E[] values = type.getEnumConstants();
        return Arrays.stream(values)
                .filter(value -> value.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " " + name + ": expected one of "
                        + Arrays.stream(values).map(E::toString).collect(Collectors.joining(", "))));
    }

    private static <T> T or(T value, T usual) {
        return value == null ? usual : value;
    }
}
