#!/usr/bin/env bash
# DataVec 1.0.0-M2.1 turns a JPEG as its EXIF orientation says; the JDK's ImageIO does not. A photograph of 16 x 8 pixels taken
# with the camera on its side (orientation 6) is 8 x 16 for the one and 16 x 8 for the other.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.datavec:datavec-data-image:1.0.0-M2.1
seen 'the JDK: 16 wide, 8 high
DataVec: 8 wide, 16 high' <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;
import org.datavec.image.loader.NativeImageLoader;
import org.nd4j.linalg.api.ndarray.INDArray;
ByteArrayOutputStream plain = new ByteArrayOutputStream();
ImageIO.write(new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB), "jpg", plain);
byte[] orientation = {(byte) 0xff, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
ByteArrayOutputStream turned = new ByteArrayOutputStream();
turned.write(plain.toByteArray(), 0, 2);
turned.write(orientation);
turned.write(plain.toByteArray(), 2, plain.size() - 2);
BufferedImage image = ImageIO.read(new ByteArrayInputStream(turned.toByteArray()));
INDArray matrix = new NativeImageLoader().asMatrix(new ByteArrayInputStream(turned.toByteArray()));
say("the JDK: " + image.getWidth() + " wide, " + image.getHeight() + " high");
say("DataVec: " + matrix.size(3) + " wide, " + matrix.size(2) + " high");
JAVA
