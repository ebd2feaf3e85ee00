package org.guidedmixup.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.guidedmixup.bench.data.DataSource;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.data.LoadOptions;
import org.guidedmixup.bench.gallery.Gallery;
import org.guidedmixup.bench.gallery.GalleryBatch;
import org.guidedmixup.bench.gallery.GalleryPage;
import org.guidedmixup.bench.io.AtomicFile;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.dl4j.gallery.GallerySheet;
import org.guidedmixup.dl4j.gallery.MixedPair;
import org.guidedmixup.dl4j.gallery.MixedSheet;
import org.guidedmixup.dl4j.picture.Png;
import org.guidedmixup.saliency.SaliencyDetector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how methods mix the same images. */
@Command(
        name = "gallery",
        description = {
            "Shows mixed pairs side by side, method by method: image, partner, saliencies, mask and result.",
            "With --out FILE.html it writes that page and the picture FILE.png beside it; with FILE.png only the picture.",
            "guided-ap, puzzlemix, comixup and snapmix use a trained network's saliency if --checkpoint names one, with "
                    + "the --data, --model and other options it was trained with, or if --epochs trains one."
        },
        sortOptions = false)
final class GalleryCommand implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Mixin
    private ShownNetwork network;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "FILE.html or FILE.png.")
    private Path out;

    @Option(
            names = "--method",
            split = ",",
            defaultValue = "mixup,guided-sr",
            paramLabel = "METHOD",
            completionCandidates = MethodNames.class,
            description = MethodNames.HELP
                    + " Separate several by commas (default: mixup,guided-sr). All are shown on the same pairs, "
                    + "those of the greedy pairing, unless +greedy or +random names another pairing.")
    private List<String> methods;

    @Option(names = "--pairs", defaultValue = "4", description = "Number of pairs shown (default: 4).")
    private int pairs;

    @Option(
            names = "--batch",
            defaultValue = "16",
            description = "Number of images that partners are chosen from (default: 16).")
    private int batch;

    @Option(
            names = "--mixed-only",
            description =
                    "Draw one table of pictures: images, partners, and a column of mixed images with their labels for "
                            + "each method, without saliencies and masks. --out must then be FILE.png.")
    private boolean mixedOnly;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        List<MixingMethod> chosen =
                methods.stream().map(MixingMethod::of).distinct().toList();
        boolean page = wantsPage();
        if (pairs < 1 || batch < 2) {
            throw new IllegalArgumentException(
                    "--pairs " + pairs + " and --batch " + batch + ": expected at least 1 and at least 2");
        }
        network.check();
        DataSource source = data.source();
        common.startBackend();
        for (MixingMethod method : chosen) {
            if (!network.exists() || method.usesMixPoints()) {
                method.withoutNetwork().ifPresent(instead -> common.print("no network: " + method + " " + instead));
            }
        }
        List<List<MixedPair>> rows;
        ImageData images = load(source);
        Function<MixingMethod, SaliencyDetector> saliency = network.saliency(images, common);
        try (Progress progress = new Progress(common, "gallery", 1)) {
            GalleryBatch drawn = GalleryBatch.draw(images.train(), batch, common.seed());
            rows = new Gallery(drawn, chosen, saliency, common.seed()).rows(pairs);
            progress.step("mixed");
        }
        if (page) {
            write(out, GalleryPage.render("Mixed pairs: " + data.spec(), rows));
        }
        writePicture(page ? picture() : out, rows);
        return 0;
    }

    /**
     * Loads only enough images to choose from unless a network needs all: a few pairs are no reason to read a large
     * folder.
     */
    private ImageData load(DataSource source) {
        LoadOptions options = data.loadOptions(common.seed());
        boolean all = network.exists() || options.perClass().isPresent();
        return source.load(all ? options : options.withSample(batch));
    }

    private boolean wantsPage() {
        String name = out.toString().toLowerCase(Locale.ROOT);
        if (Files.isDirectory(out) || !(name.endsWith(".html") || name.endsWith(".png"))) {
            throw new IllegalArgumentException("--out " + out + ": expected a file that ends with .html or .png");
        }
        if (mixedOnly && name.endsWith(".html")) {
            throw new IllegalArgumentException(
                    "--out " + out + ": expected a file that ends with .png because of --mixed-only");
        }
        return name.endsWith(".html");
    }

    /** Returns the path of the picture beside the page. */
    private Path picture() {
        String name = out.getFileName().toString();
        return out.resolveSibling(name.substring(0, name.length() - "html".length()) + "png");
    }

    private void write(Path file, String content) throws IOException {
        AtomicFile.write(file, content);
        common.print("wrote " + file);
    }

    private void writePicture(Path file, List<List<MixedPair>> rows) throws IOException {
        AtomicFile.write(file, Png.bytes(mixedOnly ? MixedSheet.draw(rows) : GallerySheet.draw(rows)));
        common.print("wrote " + file);
    }
}
