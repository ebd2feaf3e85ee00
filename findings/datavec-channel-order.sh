#!/usr/bin/env bash
# DataVec 1.0.0-M2.1: the same pixel (red 16, green 32, blue 48) comes as blue, green, red where three channels are asked for,
# and as red, green, blue and 255 where four are. The fourth is not the alpha of the file: a fully transparent pixel has 255 too.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.datavec:datavec-data-image:1.0.0-M2.1
seen 'opaque, three channels: [ 48.0000, 32.0000, 16.0000]
opaque, four channels: [ 16.0000, 32.0000, 48.0000, 255.0000]
transparent, three channels: [ 48.0000, 32.0000, 16.0000]
transparent, four channels: [ 16.0000, 32.0000, 48.0000, 255.0000]' <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;
import org.datavec.image.loader.NativeImageLoader;
for (int alpha : new int[] {255, 0}) {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, alpha << 24 | 0x102030);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    for (int channels : new int[] {3, 4}) {
        say((alpha == 0 ? "transparent, " : "opaque, ") + (channels == 3 ? "three" : "four") + " channels: "
                + new NativeImageLoader(1, 1, channels).asMatrix(new ByteArrayInputStream(png.toByteArray())).ravel());
    }
}
JAVA
