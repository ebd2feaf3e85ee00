#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: sums and products of HALF and BFLOAT16 are added up in their own type, so they stop growing at 2048 and
# 256 (a few times that where threads share the work). The mean along a dimension is then wrong: ones have a mean of 0.5
# or 0.0625, while meanNumber of HALF is right.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'HALF: mean(1) of 2 x 4096 ones [ 0.5000, 0.5000], sum(1) [ 2048.0000, 2048.0000], ones times ones [[ 2048.0000, 2048.0000], [ 2048.0000, 2048.0000]]
BFLOAT16: mean(1) of 2 x 4096 ones [ 0.0625, 0.0625], sum(1) [ 256.0000, 256.0000], ones times ones [[ 256.0000, 256.0000], [ 256.0000, 256.0000]]
meanNumber of HALF 1.0' <<'JAVA'
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
for (DataType type : new DataType[] {DataType.HALF, DataType.BFLOAT16}) {
    INDArray ones = Nd4j.ones(type, 2, 4096);
    say(type + ": mean(1) of 2 x 4096 ones " + ones.mean(1) + ", sum(1) " + ones.sum(1) + ", ones times ones "
            + ones.mmul(ones.transpose()));
}
say("meanNumber of HALF " + Nd4j.ones(DataType.HALF, 2, 4096).meanNumber());
JAVA
