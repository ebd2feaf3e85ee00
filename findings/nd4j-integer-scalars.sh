#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: a number given to an integer array is first cut to the array's type. So 1 < 1.5 is false and 1 = 1.5 is
# true, and no pixel of UINT8 is less than 256, which becomes 0. mul(0.5) throws instead.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'INT [1, 2] lt 1.5: [ false, false]
INT [1, 2] eq 1.5: [ true, false]
UINT8 [0, 200] lt 256: [ false, false]
UINT8 [0, 200] eq 256: [ true, false]
UINT8 [0, 200] gt -1: [ false, false]
UINT8 mul 0.5: Op mul_scalar failed with message:NativeOpExecutioner::execScalar; Expected: [DOUBLE]; Actual: [UINT8, UINT8]' <<'JAVA'
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
INDArray numbers = Nd4j.createFromArray(1, 2);
INDArray pixels = Nd4j.createFromArray(0, 200).castTo(DataType.UINT8);
say("INT [1, 2] lt 1.5: " + numbers.lt(1.5));
say("INT [1, 2] eq 1.5: " + numbers.eq(1.5));
say("UINT8 [0, 200] lt 256: " + pixels.lt(256));
say("UINT8 [0, 200] eq 256: " + pixels.eq(256));
say("UINT8 [0, 200] gt -1: " + pixels.gt(-1));
try {
    say("UINT8 mul 0.5: " + pixels.mul(0.5));
} catch (RuntimeException e) {
    say("UINT8 mul 0.5: " + e.getMessage());
}
JAVA
