#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: writeAsNumpy (and toNpyByteArray) writes the first elements of the buffer, whatever part of it the array is
# and in whichever order: rows 1 and 2 of a matrix are written as rows 0 and 1, a transposed or column-major array is
# scrambled. saveBinary on the same arrays is right.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'rows 1 and 2: [[3.0, 4.0, 5.0], [6.0, 7.0, 8.0]], written and read: [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
transposed: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]], written and read: [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
column-major: [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], written and read: [[0.0, 3.0, 1.0], [4.0, 2.0, 5.0]]' <<'JAVA'
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
INDArray three = Nd4j.arange(9).castTo(DataType.FLOAT).reshape(3, 3);
INDArray two = Nd4j.arange(6).castTo(DataType.FLOAT).reshape(2, 3);
INDArray[] arrays = {three.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all()), two.transpose(), two.dup('f')};
String[] names = {"rows 1 and 2", "transposed", "column-major"};
for (int i = 0; i < 3; i++) {
    INDArray read = Nd4j.createNpyFromByteArray(Nd4j.toNpyByteArray(arrays[i]));
    say(names[i] + ": " + Arrays.deepToString(arrays[i].toFloatMatrix()) + ", written and read: "
            + Arrays.deepToString(read.toFloatMatrix()));
}
JAVA
