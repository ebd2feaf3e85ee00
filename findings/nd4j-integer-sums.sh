#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: the sum of an integer array has the array's own type and wraps round, sumNumber() too, although that
# returns a double: the sum of the pixels 200 and 100 is 44. The mean is right.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'UINT8 200 + 100: sum() 44, sumNumber() 44.0, mean() 150.0000
INT 2147483647 + 1: sum() -2147483648, sumNumber() -2.147483648E9' <<'JAVA'
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
INDArray pixels = Nd4j.createFromArray(200, 100).castTo(DataType.UINT8);
say("UINT8 200 + 100: sum() " + pixels.sum() + ", sumNumber() " + pixels.sumNumber() + ", mean() " + pixels.mean());
INDArray numbers = Nd4j.createFromArray(Integer.MAX_VALUE, 1);
say("INT 2147483647 + 1: sum() " + numbers.sum() + ", sumNumber() " + numbers.sumNumber());
JAVA
