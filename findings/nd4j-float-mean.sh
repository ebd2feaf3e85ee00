#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: the mean of a FLOAT array over several axes is summed in single precision: for a million pixels that are all
# 1001 it is off by more than 1. In DOUBLE it is right, and so is the FLOAT variance.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'mean(0, 2, 3) of 1001 in FLOAT is off by more than 1: true
the same in DOUBLE: 1001.0
var(0, 2, 3) of 1001 in FLOAT: 0.0' <<'JAVA'
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
INDArray pixels = Nd4j.valueArrayOf(new long[] {16, 1, 256, 256}, 1001.0, DataType.FLOAT);
say("mean(0, 2, 3) of 1001 in FLOAT is off by more than 1: " + (Math.abs(pixels.mean(0, 2, 3).getDouble(0) - 1001) > 1));
say("the same in DOUBLE: " + pixels.castTo(DataType.DOUBLE).mean(0, 2, 3).getDouble(0));
say("var(0, 2, 3) of 1001 in FLOAT: " + pixels.var(0, 2, 3).getDouble(0));
JAVA
