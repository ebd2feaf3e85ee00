#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: slice(i) of an array that is a part of a larger one gives an array without shape or elements, and no
# error; slice(i) of a copy of the same part is right. toString() takes slices too, so it shows most rows as [].
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'rows 2 to 4, sum 162.0
slice(1) of the part: shape []
slice(1) of its copy: shape [4], [ 12.0000, 13.0000, 14.0000, 15.0000]
the part, shown: [[ 8.0000, 9.0000, 10.0000, 11.0000], [], []]' <<'JAVA'
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
INDArray whole = Nd4j.arange(24).castTo(DataType.FLOAT).reshape(6, 4);
INDArray part = whole.get(NDArrayIndex.interval(2, 5), NDArrayIndex.all());
say("rows 2 to 4, sum " + part.sumNumber());
say("slice(1) of the part: shape " + Arrays.toString(part.slice(1).shape()));
say("slice(1) of its copy: shape " + Arrays.toString(part.dup().slice(1).shape()) + ", " + part.dup().slice(1));
say("the part, shown: " + part);
JAVA
