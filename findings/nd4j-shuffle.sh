#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: DataSet.shuffle(seed) swaps every example of an even place with one of an odd place and does no more. Two
# examples are always swapped, no example ever keeps its place, and the same seed a second time undoes the first. 24 of the
# 40320 orders of 8 examples are possible; 1000 seeds gave 12.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'two examples: swapped by 1000 of 1000 seeds
eight examples: 0 of 8000 places kept, 0 moved by an even distance, 12 orders by 1000 seeds
seed 5 twice: [ 0, 1.0000, 2.0000, 3.0000, 4.0000, 5.0000, 6.0000, 7.0000]' <<'JAVA'
import java.util.HashSet;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
int swapped = 0;
int kept = 0;
int even = 0;
Set<String> orders = new HashSet<>();
for (int seed = 0; seed < 1000; seed++) {
    DataSet two = new DataSet(Nd4j.arange(2).castTo(DataType.FLOAT).reshape(2, 1), Nd4j.zeros(2, 1));
    two.shuffle(seed);
    swapped += two.getFeatures().getInt(0, 0);
    DataSet eight = new DataSet(Nd4j.arange(8).castTo(DataType.FLOAT).reshape(8, 1), Nd4j.zeros(8, 1));
    eight.shuffle(seed);
    for (int place = 0; place < 8; place++) {
        int from = eight.getFeatures().getInt(place, 0);
        kept += from == place ? 1 : 0;
        even += (from - place) % 2 == 0 ? 1 : 0;
    }
    orders.add(eight.getFeatures().toString());
}
say("two examples: swapped by " + swapped + " of 1000 seeds");
say("eight examples: " + kept + " of 8000 places kept, " + even + " moved by an even distance, " + orders.size()
        + " orders by 1000 seeds");
DataSet twice = new DataSet(Nd4j.arange(8).castTo(DataType.FLOAT).reshape(8, 1), Nd4j.zeros(8, 1));
twice.shuffle(5);
twice.shuffle(5);
say("seed 5 twice: " + twice.getFeatures().reshape(8));
JAVA
