package org.guidedmixup.bench.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.guidedmixup.bench.data.ImageData;
import org.guidedmixup.bench.data.Normalization;
import org.guidedmixup.bench.data.corruption.Corruption;
import org.guidedmixup.bench.experiment.MeasurementFile.Measurement;
import org.guidedmixup.bench.experiment.PaperTable.Column;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.report.Spread;
import org.guidedmixup.bench.report.TextTable;
import org.guidedmixup.bench.report.TrainingRun;
import org.guidedmixup.bench.training.EpochRecord;

/**
 * One of the paper's accuracy tables, trained and laid out: mean ± standard deviation over the seeds, beside the
 * paper's numbers.
 */
public final class TableRun {
    private final PaperTable table;
    private final List<Column> columns;
    private final List<MixingMethod> methods;
    private final List<Long> seeds;
    private final Protocol protocol;
    private final Function<OptionalInt, NamedData> data;
    private final MeasurementFile measurements;
    private final List<TrainingRun> runs = new ArrayList<>();

    /**
     * Data with the name that distinguishes it from other selections.
     *
     * @param images the images
     * @param name   such as {@code cifar100:DIR classes 20 per class 50}
     */
    public record NamedData(ImageData images, String name) {}

    /** Trains one method; the command line shows the progress. */
    @FunctionalInterface
    public interface Training {
        /** Runs the training with its checkpoints in a folder. */
        TrainingRun run(MethodTraining training, Path checkpoints) throws IOException;
    }

    /**
     * Prepares a table; trains nothing yet.
     *
     * @param table        the table
     * @param columns      its columns, or others
     * @param methods      the rows
     * @param seeds        the seeds, one training each
     * @param protocol     how to train
     * @param data         the data for a number of training images per class
     * @param measurements what is known, and where results go
     */
    public TableRun(
            PaperTable table,
            List<Column> columns,
            List<MixingMethod> methods,
            List<Long> seeds,
            Protocol protocol,
            Function<OptionalInt, NamedData> data,
            MeasurementFile measurements) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.methods = List.copyOf(methods);
        this.seeds = List.copyOf(seeds);
        this.protocol = protocol;
        this.data = data;
        this.measurements = measurements;
    }

    /**
     * Trains and measures what is not known yet.
     *
     * @param folder   where checkpoints go
     * @param training runs each training
     * @throws IOException if a file cannot be read or written
     */
    public void run(Path folder, Training training) throws IOException {
        for (OptionalInt perClass :
                columns.stream().map(Column::perClass).distinct().toList()) {
            NamedData chosen = data.apply(perClass);
            String name = trainingName(chosen);
            Path checkpoints = folder.resolve("checkpoints").resolve(Integer.toHexString(name.hashCode()));
            List<Column> measures = columns.stream()
                    .filter(column -> column.perClass().equals(perClass))
                    .toList();
            for (long seed : seeds) {
                for (MixingMethod method : methods) {
                    List<Column> missing = measures.stream()
                            .filter(column -> find(name, method, seed, column).isEmpty())
                            .toList();
                    if (!missing.isEmpty()) {
                        MethodTraining one = new MethodTraining(chosen.images, chosen.name, method, seed, protocol);
                        TrainingRun run = training.run(one, checkpoints);
                        runs.add(run);
                        measurements.add(measure(one, run, checkpoints, missing, name));
                    }
                }
            }
        }
    }

    private String trainingName(NamedData chosen) {
        return chosen.name + ", " + protocol;
    }

    private OptionalDouble find(String training, MixingMethod method, long seed, Column column) {
        return measurements.find(training, method.toString(), seed, measure(column));
    }

    /** Returns a column's measure. Columns of different numbers of images share a measure, of different trainings. */
    private static String measure(Column column) {
        return column.corruptions().isEmpty() ? Column.TOP1.name() : column.name();
    }

    private static List<Measurement> measure(
            MethodTraining training, TrainingRun run, Path checkpoints, List<Column> missing, String name)
            throws IOException {
        double seconds =
                run.history().stream().mapToDouble(EpochRecord::seconds).sum();
        List<Measurement> measured = new ArrayList<>();
        for (Column column : missing) {
            double share = column.corruptions().isEmpty() || run.divergedIn().isPresent()
                    ? run.top1()
                    : corrupted(training, training.trained(checkpoints), column.corruptions());
            measured.add(new Measurement(
                    name, training.method().toString(), training.seed(), measure(column), 100 * share, seconds));
        }
        return measured;
    }

    private static double corrupted(MethodTraining training, ImageModel model, List<Corruption> corruptions) {
        Normalization normalization = Normalization.of(training.data().train());
        return corruptions.stream()
                .mapToDouble(corruption -> CorruptedAccuracy.measure(
                                model, training.data().test(), normalization, Optional.of(corruption), training.seed())
                        .mean())
                .average()
                .orElse(Double.NaN);
    }

    private static String diverged(Spread others, long count) {
        return others.count() == 0 ? "diverged" : others.text(2) + ", " + count + " diverged";
    }

    /**
     * Returns what {@link #run} has trained.
     *
     * @return the trainings that were not known before
     */
    public List<TrainingRun> trained() {
        return List.copyOf(runs);
    }

    /**
     * Lays the table out.
     *
     * @param paper what the paper measured
     * @return a row for every method: for every column ours, and the paper's where it is known
     */
    public String render(PaperNumbers paper) {
        List<String> headings = new ArrayList<>(List.of("method"));
        columns.forEach(column -> headings.addAll(List.of(column.name(), "paper")));
        List<List<String>> rows = new ArrayList<>();
        for (MixingMethod method : methods) {
            List<String> row = new ArrayList<>(List.of(
                    method + method.pairs().map(pairs -> " (" + pairs + ")").orElse("")));
            for (Column column : columns) {
                String name = trainingName(data.apply(column.perClass()));
                double[] known = seeds.stream()
                        .map(seed -> find(name, method, seed, column))
                        .mapToDouble(percent -> percent.orElse(Double.NaN))
                        .toArray();
                long diverged = seeds.stream()
                        .map(seed -> find(name, method, seed, column))
                        .filter(percent -> percent.isPresent() && Double.isNaN(percent.getAsDouble()))
                        .count();
                row.add(diverged == 0 ? Spread.of(known).text(2) : diverged(Spread.of(known), diverged));
                row.add(paper.find(table.toString(), method.toString(), column.name())
                        .orElse(""));
            }
            rows.add(row);
        }
        return TextTable.render(headings, rows);
    }
}
