package org.guidedmixup.bench.experiment;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.guidedmixup.bench.io.AtomicFile;

/**
 * All measurements of experiments, one line per training and measure. The file grows from experiment to experiment;
 * what it holds is not measured again.
 */
public final class MeasurementFile {
    private static final String[] HEADINGS = {"method", "seed", "measure", "top1_percent", "seconds", "training"};

    private final Path file;
    private final List<Measurement> measurements = new ArrayList<>();

    /**
     * One measurement.
     *
     * @param training data and protocol; equal for comparable trainings
     * @param method   the method's name
     * @param seed     the seed
     * @param measure  what was measured, such as {@code top-1}
     * @param percent  accuracy in per cent
     * @param seconds  of the training
     */
    record Measurement(String training, String method, long seed, String measure, double percent, double seconds) {}

    private MeasurementFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the file.
     *
     * @param file need not exist
     * @return what is in it
     * @throws IOException if it cannot be read, or is not such a file
     */
    public static MeasurementFile open(Path file) throws IOException {
        MeasurementFile opened = new MeasurementFile(file);
        if (Files.exists(file)) {
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (CSVRecord line : format.parse(reader)) {
                    opened.measurements.add(parse(line));
                }
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw new FileSystemException(file.toString(), null, "not a file of measurements: " + e.getMessage());
            }
        }
        return opened;
    }

    private static Measurement parse(CSVRecord line) {
        return new Measurement(
                line.get("training"),
                line.get("method"),
                Long.parseLong(line.get("seed")),
                line.get("measure"),
                Double.parseDouble(line.get("top1_percent")),
                Double.parseDouble(line.get("seconds")));
    }

    /** Returns the measured value, in per cent, if there is one. */
    OptionalDouble find(String training, String method, long seed, String measure) {
        return measurements.stream()
                .filter(known -> known.training().equals(training)
                        && known.method().equals(method)
                        && known.seed() == seed
                        && known.measure().equals(measure))
                .mapToDouble(Measurement::percent)
                .findFirst();
    }

    /** Adds to the file and writes it to disk. */
    void add(List<Measurement> measured) throws IOException {
        measurements.addAll(measured);
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader(HEADINGS).get();
        try (CSVPrinter csv = new CSVPrinter(text, format)) {
            for (Measurement known : measurements) {
                csv.printRecord(
                        known.method(),
                        known.seed(),
                        known.measure(),
                        String.format(Locale.ROOT, "%.4f", known.percent()),
                        String.format(Locale.ROOT, "%.1f", known.seconds()),
                        known.training());
            }
        }
        AtomicFile.write(file, text.toString());
    }
}
