#!/usr/bin/env bash
# DataVec 1.0.0-M2.1: RandomCropTransform ignores the Random that transform is given, and without a seed of its own always
# begins with the same one: every new RandomCropTransform(height, width) crops at the same places.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.datavec:datavec-data-image:1.0.0-M2.1
seen 'a new transform, Random(1): corners at (0, 5) (0, 1) (6, 3) (6, 2) (5, 3) (2, 3)
a new transform, Random(2): corners at (0, 5) (0, 1) (6, 3) (6, 2) (5, 3) (2, 3)
a new transform, Random(3): corners at (0, 5) (0, 1) (6, 3) (6, 2) (5, 3) (2, 3)' <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.Random;
import javax.imageio.ImageIO;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.loader.NativeImageLoader;
import org.datavec.image.transform.RandomCropTransform;
BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
for (int i = 0; i < 64; i++) {
    image.getRaster().setSample(i % 8, i / 8, 0, i);
}
File png = File.createTempFile("finding", ".png");
png.deleteOnExit();
ImageIO.write(image, "png", png);
NativeImageLoader loader = new NativeImageLoader(8, 8, 1);
ImageWritable writable = loader.asWritable(png);
NativeImageLoader cropped = new NativeImageLoader(2, 2, 1);
for (int seed : new int[] {1, 2, 3}) {
    RandomCropTransform crop = new RandomCropTransform(2, 2);
    Random random = new Random(seed);
    StringBuilder corners = new StringBuilder();
    for (int i = 0; i < 6; i++) {
        int corner = cropped.asMatrix(crop.transform(writable, random)).getInt(0);
        corners.append(" (").append(corner % 8).append(", ").append(corner / 8).append(')');
    }
    say("a new transform, Random(" + seed + "): corners at" + corners);
}
JAVA
