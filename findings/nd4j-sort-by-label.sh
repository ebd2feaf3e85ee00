#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: DataSet.sortByLabel throws a NullPointerException for any data: it puts rows into an empty array.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'counts: {0=2.0, 1=2.0}
java.lang.NullPointerException from BaseNDArray.putRow' <<'JAVA'
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
INDArray labels = Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}, {0, 1}, {1, 0}});
DataSet data = new DataSet(Nd4j.rand(4, 3), labels);
say("counts: " + data.labelCounts());
try {
    data.sortByLabel();
    say(data.getLabels());
} catch (NullPointerException e) {
    say(e.getClass().getName() + Stream.of(e.getStackTrace()).filter(f -> f.getMethodName().equals("putRow")).findFirst()
            .map(f -> " from BaseNDArray." + f.getMethodName()).orElse(""));
}
JAVA
