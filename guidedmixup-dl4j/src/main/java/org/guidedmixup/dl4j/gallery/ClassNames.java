package org.guidedmixup.dl4j.gallery;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The class names of a batch or its iterator, and numbers if neither has names. */
final class ClassNames {
    private final List<String> names;

    ClassNames(DataSet data, DataSetIterator source) {
        names = Optional.ofNullable(data.getLabelNamesList())
                .filter(known -> !known.isEmpty())
                .or(() -> of(source))
                .orElse(List.of());
    }

    /** Returns the iterator's names. Iterators of ND4J without names return null or throw. */
    private static Optional<List<String>> of(DataSetIterator source) {
        try {
            return Optional.ofNullable(source.getLabels());
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    String name(int number) {
        return number < names.size() && names.get(number) != null ? names.get(number) : "class " + number;
    }
}
