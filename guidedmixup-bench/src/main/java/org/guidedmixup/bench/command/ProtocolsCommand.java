package org.guidedmixup.bench.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.guidedmixup.bench.experiment.PaperProtocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the protocols. */
@Command(
        name = "protocols",
        description = "Prints the protocols of train and experiment, as the options they stand for.")
final class ProtocolsCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        for (PaperProtocol protocol : PaperProtocol.values()) {
            common.print(String.format(Locale.ROOT, "%-14s %s", protocol, protocol.options()));
        }
        common.print(
                "Every other option is the same for all; --mix-probability is each method's own, 0.5 for guided-sr and");
        common.print("0.8 for guided-ap. With other --epochs the --lr-steps scale in proportion.");
        return 0;
    }
}
