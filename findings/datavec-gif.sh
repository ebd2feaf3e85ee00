#!/usr/bin/env bash
# DataVec 1.0.0-M2.1: NativeImageLoader names gif among its allowed formats, so that a FileSplit over them lists GIF files, and
# cannot read one: the record reader then throws. The JDK reads the same file.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.datavec:datavec-data-image:1.0.0-M2.1
seen 'allowed: true, files found: 1
the JDK: 4 x 4
DataVec: java.io.IOException, Could not decode image from input stream' <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.datavec.api.split.FileSplit;
import org.datavec.image.loader.NativeImageLoader;
File folder = Files.createTempDirectory("finding").toFile();
File file = new File(folder, "a.gif");
ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "gif", file);
say("allowed: " + Arrays.asList(NativeImageLoader.ALLOWED_FORMATS).contains("gif") + ", files found: "
        + new FileSplit(folder, NativeImageLoader.ALLOWED_FORMATS, new Random(1)).length());
BufferedImage read = ImageIO.read(file);
say("the JDK: " + read.getWidth() + " x " + read.getHeight());
try {
    say("DataVec: " + new NativeImageLoader(4, 4, 3).asMatrix(file).length());
} catch (IOException e) {
    say("DataVec: " + e.getClass().getName() + ", " + e.getMessage());
}
file.delete();
folder.delete();
JAVA
