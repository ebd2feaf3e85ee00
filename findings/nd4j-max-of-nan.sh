#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: max passes over NaN, and argMax does not: where NaN comes first, argMax points at it although max gives
# another element. relu keeps NaN and Transforms.max(x, 0) makes it 0. So a NaN may go unseen or not, by the method.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen '[NaN, 1, 3]: max 3.0000, argMax 0
[1, NaN, 3]: max 3.0000, argMax 2
relu of NaN: [NaN], Transforms.max(NaN, 0): [0]' <<'JAVA'
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
INDArray first = Nd4j.createFromArray(Float.NaN, 1f, 3f);
INDArray second = Nd4j.createFromArray(1f, Float.NaN, 3f);
say("[NaN, 1, 3]: max " + first.max(0) + ", argMax " + first.argMax(0));
say("[1, NaN, 3]: max " + second.max(0) + ", argMax " + second.argMax(0));
say("relu of NaN: " + Transforms.relu(Nd4j.createFromArray(Float.NaN)) + ", Transforms.max(NaN, 0): "
        + Transforms.max(Nd4j.createFromArray(Float.NaN), 0));
JAVA
