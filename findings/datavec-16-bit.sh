#!/usr/bin/env bash
# DataVec 1.0.0-M2.1: a PNG of 16 bits gives values of 0 to 65535, one of 8 bits 0 to 255, and nothing tells which came, so a
# folder of both is loaded with the first 257 times as bright. ImagePreProcessingScaler divides both by 255.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.datavec:datavec-data-image:1.0.0-M2.1
seen 'a white pixel of 8 bits: 255.0, scaled 1.0
a white pixel of 16 bits: 65535.0, scaled 257.0' <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;
import org.datavec.image.loader.NativeImageLoader;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;
for (int bits : new int[] {8, 16}) {
    BufferedImage image = new BufferedImage(1, 1, bits == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, (1 << bits) - 1);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    INDArray pixel = new NativeImageLoader(1, 1, 1).asMatrix(new ByteArrayInputStream(png.toByteArray()));
    DataSet data = new DataSet(pixel.dup(), Nd4j.zeros(1, 1));
    new ImagePreProcessingScaler(0, 1).transform(data);
    say("a white pixel of " + bits + " bits: " + pixel.getFloat(0) + ", scaled " + data.getFeatures().getFloat(0));
}
JAVA
