#!/usr/bin/env bash
# DataVec 1.0.0-M2.1: new FlipImageTransform() is not random: it turns every image upside down. And FlipImageTransform(1),
# which mirrors, becomes random, upside down included, as soon as transform is given a Random.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.datavec:datavec-data-image:1.0.0-M2.1
seen 'FlipImageTransform(): {upside down=1000}
FlipImageTransform(1): {mirrored=1000}
FlipImageTransform(1), a Random given: {as it was=246, both=257, mirrored=233, upside down=264}' <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.loader.NativeImageLoader;
import org.datavec.image.transform.FlipImageTransform;
BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
for (int i = 0; i < 4; i++) {
    image.getRaster().setSample(i % 2, i / 2, 0, i + 1);
}
File png = File.createTempFile("finding", ".png");
png.deleteOnExit();
ImageIO.write(image, "png", png);
NativeImageLoader loader = new NativeImageLoader(2, 2, 1);
ImageWritable writable = loader.asWritable(png);
Map<String, String> names = Map.of("1 2 3 4", "as it was", "2 1 4 3", "mirrored", "3 4 1 2", "upside down", "4 3 2 1", "both");
for (int kind = 0; kind < 3; kind++) {
    FlipImageTransform flip = kind == 0 ? new FlipImageTransform() : new FlipImageTransform(1);
    Random random = kind == 2 ? new Random(1) : null;
    Map<String, Integer> results = new TreeMap<>();
    for (int i = 0; i < 1000; i++) {
        int[] pixels = loader.asMatrix(flip.transform(writable, random)).reshape(4).toIntVector();
        results.merge(names.get(pixels[0] + " " + pixels[1] + " " + pixels[2] + " " + pixels[3]), 1, Integer::sum);
    }
    say((kind == 0 ? "FlipImageTransform(): " : kind == 1 ? "FlipImageTransform(1): " : "FlipImageTransform(1), a Random given: ")
            + results);
}
JAVA
