#!/usr/bin/env bash
# DataVec 1.0.0-M2.1: RotateImageTransform turns about a point half a pixel off the middle, and keeps the size. By 90 degrees
# a square image loses a column and gets a black row, by 180 it loses a row and a column; an image that is not square loses
# its ends by 90. No pixel of these images is black.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.datavec:datavec-data-image:1.0.0-M2.1
seen '4 x 4 by 0 degrees: [[ 1.0000, 2.0000, 3.0000, 4.0000], [ 5.0000, 6.0000, 7.0000, 8.0000], [ 9.0000, 10.0000, 11.0000, 12.0000], [ 13.0000, 14.0000, 15.0000, 16.0000]]
4 x 4 by 90 degrees: [[ 0, 0, 0, 0], [ 4.0000, 8.0000, 12.0000, 16.0000], [ 3.0000, 7.0000, 11.0000, 15.0000], [ 2.0000, 6.0000, 10.0000, 14.0000]]
4 x 4 by 180 degrees: [[ 0, 0, 0, 0], [ 0, 16.0000, 15.0000, 14.0000], [ 0, 12.0000, 11.0000, 10.0000], [ 0, 8.0000, 7.0000, 6.0000]]
4 x 2 by 0 degrees: [[ 1.0000, 2.0000, 3.0000, 4.0000], [ 5.0000, 6.0000, 7.0000, 8.0000]]
4 x 2 by 90 degrees: [[ 0, 4.0000, 8.0000, 0], [ 0, 3.0000, 7.0000, 0]]
4 x 2 by 180 degrees: [[ 0, 0, 0, 0], [ 0, 8.0000, 7.0000, 6.0000]]' <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.File;
import javax.imageio.ImageIO;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.loader.NativeImageLoader;
import org.datavec.image.transform.RotateImageTransform;
for (int height : new int[] {4, 2}) {
    BufferedImage image = new BufferedImage(4, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 4 * height; i++) {
        image.getRaster().setSample(i % 4, i / 4, 0, i + 1);
    }
    File png = File.createTempFile("finding", ".png");
    png.deleteOnExit();
    ImageIO.write(image, "png", png);
    NativeImageLoader loader = new NativeImageLoader(height, 4, 1);
    ImageWritable writable = loader.asWritable(png);
    for (int degrees : new int[] {0, 90, 180}) {
        say("4 x " + height + " by " + degrees + " degrees: "
                + loader.asMatrix(new RotateImageTransform(degrees).transform(writable)).reshape(height, 4));
    }
}
JAVA
