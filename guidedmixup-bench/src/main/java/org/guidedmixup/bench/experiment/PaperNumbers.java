package org.guidedmixup.bench.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The paper's measurements, from {@code paper.csv}, which does not hold all tables. */
public final class PaperNumbers {
    private static final String FILE = "paper.csv";

    private final Map<List<String>, String> values;

    private PaperNumbers(Map<List<String>, String> values) {
        this.values = values;
    }

    /** Reads the file. */
    public static PaperNumbers load() {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setCommentMarker('#')
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        Map<List<String>, String> values = new HashMap<>();
        try (InputStream stream = PaperNumbers.class.getResourceAsStream(FILE);
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            for (CSVRecord line : format.parse(reader)) {
                values.put(List.of(line.get("table"), line.get("method"), line.get("column")), line.get("value"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        return new PaperNumbers(values);
    }

    /**
     * Returns one number.
     *
     * @param table  the table's name
     * @param method the method's name
     * @param column the column's name
     * @return per cent as printed in the paper, if it is known
     */
    public Optional<String> find(String table, String method, String column) {
        return Optional.ofNullable(values.get(List.of(table, method, column)));
    }
}
