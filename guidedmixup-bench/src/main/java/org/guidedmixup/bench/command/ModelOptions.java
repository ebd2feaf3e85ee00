package org.guidedmixup.bench.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guidedmixup.bench.model.Architecture;
import org.guidedmixup.bench.model.DenseNet121;
import org.guidedmixup.bench.model.PreActResNet18;
import org.guidedmixup.bench.model.ResNet18;
import org.guidedmixup.bench.model.ResNet50;
import org.guidedmixup.bench.model.SmallResNet;
import org.guidedmixup.bench.model.WideResNet;
import picocli.CommandLine.Option;

/** The options that choose a network. */
final class ModelOptions {
    private static final String SMALL = "small-resnet";

    private static final String KNOWN =
            "small-resnet, preactresnet18, resnet18, resnet50, densenet121 or wrnD-K (depth D, K times as wide: wrn28-10)";
    private static final Pattern WIDE = Pattern.compile("wrn(\\d{1,4})-(\\d{1,4})");

    @Option(names = "--model", description = KNOWN + " (default: small-resnet, or the protocol's).")
    private String model;

    @Option(
            names = "--width",
            description =
                    "Channels of the network's first stage (default: 64; 16 for small-resnet and for wrnD-K, where K"
                            + " multiplies it).")
    private Integer width;

    /** Returns the chosen network, small-resnet by default; for commands without a protocol. */
    Architecture architecture() {
        return architecture(SMALL);
    }

    /**
     * Returns the chosen network.
     *
     * @param usual the name of the network if the user gave none
     * @return the network, of the requested width or else its default one
     * @throws IllegalArgumentException if there is no such network, or it cannot have this width
     */
    Architecture architecture(String usual) {
        String name = model == null ? usual : model;
        return switch (name) {
            case "small-resnet" -> new SmallResNet(widthOr(16));
            case "preactresnet18" -> new PreActResNet18(widthOr(64));
            case "resnet18" -> new ResNet18(widthOr(64));
            case "resnet50" -> new ResNet50(widthOr(64));
            case "densenet121" -> denseNet();
            default -> wideResNet(name);
        };
    }

    private Architecture denseNet() {
        int channels = widthOr(64);
        if (channels % 2 != 0) {
            throw new IllegalArgumentException("--width " + width + ": expected an even number for densenet121");
        }
        return new DenseNet121(channels);
    }

    private Architecture wideResNet(String chosen) {
        Matcher name = WIDE.matcher(chosen);
        if (!name.matches()) {
            throw new IllegalArgumentException("--model " + chosen + ": expected " + KNOWN);
        }
        int depth = Integer.parseInt(name.group(1));
        int widening = Integer.parseInt(name.group(2));
        if (depth < 10 || depth % 6 != 4 || widening < 1) {
            throw new IllegalArgumentException(
                    "--model " + chosen + ": expected a depth of 10, 16, 22, 28 … and K of at least 1, as in wrn28-10");
        }
        return new WideResNet(depth, widening, widthOr(16));
    }

    private int widthOr(int usual) {
        if (width != null && width < 1) {
            throw new IllegalArgumentException("--width " + width + ": expected at least 1");
        }
        return width == null ? usual : width;
    }
}
