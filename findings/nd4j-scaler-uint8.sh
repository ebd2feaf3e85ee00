#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: ImagePreProcessingScaler(0, 1) on pixels of UINT8 keeps their type: every pixel but 255 becomes 0. The same
# pixels as FLOAT are scaled as they should be.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'UBYTE: [ 0, 0, 0, 1]
FLOAT: [ 0, 0.5020, 0.9961, 1.0000]' <<'JAVA'
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;
for (DataType type : new DataType[] {DataType.UINT8, DataType.FLOAT}) {
    INDArray pixels = Nd4j.createFromArray(0, 128, 254, 255).castTo(type).reshape(1, 1, 2, 2);
    DataSet data = new DataSet(pixels, Nd4j.zeros(1, 1));
    new ImagePreProcessingScaler(0, 1).transform(data);
    say(data.getFeatures().dataType() + ": " + data.getFeatures().reshape(4));
}
JAVA
