package org.guidedmixup.bench.command;

import org.guidedmixup.bench.model.Architecture;
import org.guidedmixup.bench.model.ResNet18;
import org.guidedmixup.bench.model.SmallResNet;
import picocli.CommandLine.Option;

/** The options that choose a network. */
final class ModelOptions {
    @Option(names = "--model", defaultValue = "small-resnet", description = "small-resnet (default) or resnet18.")
    private String model;

    @Option(
            names = "--width",
            description = "Channels of the network's first stage (default: 16 for small-resnet, 64 for resnet18).")
    private Integer width;

    /**
     * The network that was chosen.
     *
     * @return in the width that was asked for, or its usual one
     * @throws IllegalArgumentException if there is no such network, or the width is below 1
     */
    Architecture architecture() {
        return switch (model) {
            case "small-resnet" -> new SmallResNet(widthOr(16));
            case "resnet18" -> new ResNet18(widthOr(64));
            default -> throw new IllegalArgumentException("--model " + model + ": expected small-resnet or resnet18");
        };
    }

    private int widthOr(int usual) {
        if (width != null && width < 1) {
            throw new IllegalArgumentException("--width " + width + ": expected at least 1");
        }
        return width == null ? usual : width;
    }
}
