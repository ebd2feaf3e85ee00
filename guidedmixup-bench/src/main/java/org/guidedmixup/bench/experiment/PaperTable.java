package org.guidedmixup.bench.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.guidedmixup.bench.data.corruption.Corruption;
import org.guidedmixup.bench.mixing.MixingMethod;

/** The tables of the paper: which methods are trained, how, and what is measured. */
@SuppressWarnings("ImmutableEnumChecker") // the lists cannot be changed
public enum PaperTable {
    TABLE1(
            "Table 1: top-1 accuracy on CIFAR-100 or Tiny-ImageNet (with --protocol tiny-imagenet), PreActResNet-18",
            PaperProtocol.CIFAR100,
            "preactresnet18",
            List.of(
                    "vanilla",
                    "mixup",
                    "manifold",
                    "cutmix",
                    "saliencymix",
                    "puzzlemix",
                    "comixup",
                    "guided-sr",
                    "guided-sr+random",
                    "guided-ap",
                    "guided-ap+random",
                    "augmix",
                    "guided-sr+augmix",
                    "guided-sr+random+augmix",
                    "guided-ap+augmix",
                    "guided-ap+random+augmix"),
            List.of(Column.TOP1)),
    TABLE2(
            "Table 2: extra training time in per cent of vanilla's, CUB-200-2011, by batch size",
            PaperProtocol.FGVC,
            "resnet18",
            List.of(
                    "mixup",
                    "cutmix",
                    "saliencymix",
                    "snapmix",
                    "puzzlemix",
                    "comixup",
                    "guided-sr+random",
                    "guided-sr",
                    "guided-ap"),
            List.of()),
    TABLE3(
            "Table 3: top-1 accuracy on fine-grained data sets, ResNet-18 (with --model resnet50, densenet121)",
            PaperProtocol.FGVC,
            "resnet18",
            List.of(
                    "vanilla",
                    "mixup",
                    "manifold",
                    "cutmix",
                    "saliencymix",
                    "snapmix",
                    "puzzlemix",
                    "comixup",
                    "guided-sr",
                    "guided-ap"),
            List.of(Column.TOP1)),
    TABLE4(
            "Table 4: top-1 accuracy on CIFAR-100 and its corruptions, WideResNet-28-10",
            PaperProtocol.CIFAR100,
            "wrn28-10",
            List.of(
                    "vanilla",
                    "mixup",
                    "manifold",
                    "cutmix",
                    "puzzlemix",
                    "comixup",
                    "guided-sr",
                    "guided-sr+random",
                    "guided-ap",
                    "guided-ap+random",
                    "augmix",
                    "guided-sr+augmix",
                    "guided-sr+random+augmix",
                    "guided-ap+augmix",
                    "guided-ap+random+augmix"),
            List.of(Column.TOP1, new Column("CIFAR-C", OptionalInt.empty(), Corruption.cifarC()))),
    TABLE5(
            "Table 5: top-1 accuracy on ImageNet and with corrupted backgrounds, ResNet-50",
            PaperProtocol.IMAGENET,
            "resnet50",
            List.of("vanilla", "mixup", "manifold", "cutmix", "puzzlemix", "comixup", "guided-sr", "guided-ap"),
            List.of(
                    Column.TOP1,
                    new Column("replaced", OptionalInt.empty(), List.of(Corruption.RANDOM_REPLACEMENT)),
                    new Column("noise", OptionalInt.empty(), List.of(Corruption.BACKGROUND_NOISE)))),
    TABLE6(
            "Table 6: top-1 accuracy on CIFAR-100 by training images per class, WideResNet-28-10",
            PaperProtocol.CIFAR100,
            "wrn28-10",
            List.of(
                    "vanilla",
                    "mixup",
                    "cutmix",
                    "guided-sr",
                    "guided-sr+random",
                    "puzzlemix",
                    "comixup",
                    "guided-ap",
                    "guided-ap+random"),
            List.of(Column.perClass(50), Column.perClass(100), Column.perClass(250))),
    TABLE7(
            "Table 7: top-1 accuracy on Flowers-102, ResNet-18",
            PaperProtocol.FGVC,
            "resnet18",
            List.of(
                    "vanilla",
                    "mixup",
                    "cutmix",
                    "saliencymix",
                    "snapmix",
                    "puzzlemix",
                    "comixup",
                    "guided-sr",
                    "guided-ap"),
            List.of(Column.TOP1)),
    TABLE8(
            "Table 8: top-1 accuracy of other methods with random and with GuidedMixup's greedy pairs",
            PaperProtocol.CIFAR100,
            "preactresnet18",
            List.of(
                    "mixup",
                    "mixup+greedy",
                    "manifold",
                    "manifold+greedy",
                    "cutmix",
                    "cutmix+greedy",
                    "saliencymix",
                    "saliencymix+greedy",
                    "puzzlemix",
                    "puzzlemix+greedy",
                    "guided-sr+random",
                    "guided-sr"),
            List.of(Column.TOP1));

    private final String caption;
    private final PaperProtocol protocol;
    private final String model;
    private final List<String> methods;
    private final List<Column> columns;

    PaperTable(String caption, PaperProtocol protocol, String model, List<String> methods, List<Column> columns) {
        this.caption = caption;
        this.protocol = protocol;
        this.model = model;
        this.methods = methods;
        this.columns = columns;
    }

    /**
     * A column: what is measured for every method.
     *
     * @param name the column's heading
     * @param perClass training images per class; empty for those of the command line
     * @param corruptions the accuracy is the mean over these and their severities; empty for images as they are
     */
    public record Column(String name, OptionalInt perClass, List<Corruption> corruptions) {
        /** Accuracy on the test images as they are. */
        public static final Column TOP1 = new Column("top-1", OptionalInt.empty(), List.of());

        /**
         * Returns the accuracy after training on few images.
         *
         * @param count images per class
         * @return the column
         */
        public static Column perClass(int count) {
            return new Column(Integer.toString(count), OptionalInt.of(count), List.of());
        }
    }

    /**
     * Finds a table by name.
     *
     * @param name {@code table1} to {@code table8}
     * @return the table
     * @throws IllegalArgumentException if there is none
     */
    public static PaperTable named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("experiment " + name + ": expected one of "
                        + Arrays.stream(values()).map(PaperTable::toString).collect(Collectors.joining(", "))));
    }

    /** Returns what the table shows. */
    public String caption() {
        return caption;
    }

    /** Returns how the paper trains. */
    public PaperProtocol protocol() {
        return protocol;
    }

    /** Returns the paper's network. */
    public String model() {
        return model;
    }

    /** Returns the methods that this program has. */
    public List<MixingMethod> methods() {
        return methods.stream()
                .filter(name -> MixingMethod.names().contains(name.split("\\+", -1)[0]))
                .map(MixingMethod::of)
                .toList();
    }

    /**
     * Returns whether the paper's numbers of GuidedMixup are of random pairs: the authors' code for CIFAR and Tiny-ImageNet
     * hands {@code --condition greedy} on as {@code greedy_c}, which its pairing does not know and replaces by a random
     * permutation.
     */
    public boolean ofRandomPairs() {
        return List.of(TABLE1, TABLE4, TABLE6).contains(this);
    }

    /** Returns what is measured for every method; nothing for a table of times. */
    public List<Column> columns() {
        return columns;
    }

    /** Returns the name on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
