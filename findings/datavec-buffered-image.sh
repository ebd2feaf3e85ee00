#!/usr/bin/env bash
# DataVec 1.0.0-M2.1: NativeImageLoader.asMatrix(BufferedImage) reads the bytes of a pixel as they lie in memory. Of the six
# types of colour image only TYPE_3BYTE_BGR comes out right; of the usual TYPE_INT_RGB blue is lost, and of those with alpha
# too. All pictures below are the one colour (red 16, green 32, blue 48); three channels come in the order blue, green, red.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.datavec:datavec-data-image:1.0.0-M2.1
seen 'INT_RGB: [ 32.0000, 16.0000, 0]
INT_ARGB: [ 32.0000, 16.0000, 255.0000]
INT_ARGB_PRE: [ 32.0000, 16.0000, 255.0000]
INT_BGR: [ 32.0000, 48.0000, 0]
3BYTE_BGR: [ 48.0000, 32.0000, 16.0000]
4BYTE_ABGR: [ 32.0000, 48.0000, 255.0000]' <<'JAVA'
import java.awt.image.BufferedImage;
import org.datavec.image.loader.NativeImageLoader;
String[] types = {"INT_RGB", "INT_ARGB", "INT_ARGB_PRE", "INT_BGR", "3BYTE_BGR", "4BYTE_ABGR"};
for (int type = 1; type <= 6; type++) {
    BufferedImage image = new BufferedImage(1, 1, type);
    image.setRGB(0, 0, 0xff102030);
    say(types[type - 1] + ": " + new NativeImageLoader(1, 1, 3).asMatrix(image).ravel());
}
JAVA
