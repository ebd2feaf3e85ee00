#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: level3().syrk, which should give A times its transpose, leaves out all but one column of a column-major A
# and gives elementwise nonsense for a row-major one. gemm on the same arrays is right.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'A times its transpose: [[ 5.0000, 11.0000], [ 11.0000, 25.0000]]
syrk, upper half, column-major: [[ 1.0000, 3.0000], [ 0, 9.0000]]
syrk, upper half, row-major: [[ 1.0000, 0], [ 2.0000, 4.0000]]' <<'JAVA'
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
INDArray a = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}});
say("A times its transpose: " + a.mmul(a.transpose()));
INDArray columns = Nd4j.zeros(DataType.FLOAT, 2, 2).dup('f');
Nd4j.getBlasWrapper().level3().syrk('f', 'U', 'N', 1, a.dup('f'), 0, columns);
say("syrk, upper half, column-major: " + columns);
INDArray rows = Nd4j.zeros(DataType.FLOAT, 2, 2);
Nd4j.getBlasWrapper().level3().syrk('c', 'U', 'N', 1, a, 0, rows);
say("syrk, upper half, row-major: " + rows);
JAVA
