#!/usr/bin/env bash
# Deeplearning4j 1.0.0-M2.1: a preprocessor is run in the first epoch only by ExistingDataSetIterator, and in every epoch by
# ListDataSetIterator: on a fresh batch, or, with batches of one, on the example itself, where it adds up.
# Here it doubles the features in place; they begin as 1.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.deeplearning4j:deeplearning4j-core:1.0.0-M2.1
seen 'ExistingDataSetIterator: 2.0 2.0 2.0, preprocessor run 1 times
ListDataSetIterator, batches of 2: 2.0 2.0 2.0, preprocessor run 3 times
ListDataSetIterator, batches of 1: 2.0 4.0 8.0, preprocessor run 3 times' <<'JAVA'
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
for (int kind = 0; kind < 3; kind++) {
    List<DataSet> examples = List.of(new DataSet(Nd4j.ones(1, 1), Nd4j.ones(1, 1)), new DataSet(Nd4j.ones(1, 1), Nd4j.ones(1, 1)));
    DataSetIterator iterator = kind == 0 ? new ExistingDataSetIterator(examples) : new ListDataSetIterator<>(examples, 3 - kind);
    int[] runs = {0};
    iterator.setPreProcessor(batch -> {
        runs[0]++;
        batch.getFeatures().muli(2);
    });
    StringBuilder epochs = new StringBuilder();
    for (int epoch = 0; epoch < 3; epoch++) {
        iterator.reset();
        epochs.append(' ').append(iterator.next().getFeatures().getFloat(0));
    }
    say(iterator.getClass().getSimpleName() + (kind == 0 ? ":" : ", batches of " + (3 - kind) + ":") + epochs
            + ", preprocessor run " + runs[0] + " times");
}
JAVA
