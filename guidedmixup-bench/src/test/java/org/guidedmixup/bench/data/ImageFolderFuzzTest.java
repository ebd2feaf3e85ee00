package org.guidedmixup.bench.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Any bytes as one image of a folder. */
class ImageFolderFuzzTest {
    private static final String[] ENDINGS = {"png", "jpg", "gif", "bmp"};

    @TempDir
    private static Path temporary;

    @BeforeAll
    static void twoGoodImages() throws IOException {
        FuzzedFolder folder = new FuzzedFolder(temporary);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", whole);
        folder.write("a/first.png", whole.toByteArray());
        folder.write("a/second.png", whole.toByteArray());
        folder.write("b/first.png", whole.toByteArray());
        folder.write("b/second.png", whole.toByteArray());
    }

    /** A byte of choices, then the image. */
    @FuzzTest(maxDuration = "10m")
    void anyBytes(byte[] bytes) throws IOException {
        FuzzedFolder folder = new FuzzedFolder(temporary);
        int choices = bytes.length == 0 ? 0 : bytes[0];
        for (String ending : ENDINGS) {
            folder.delete("a/image." + ending);
        }
        folder.write(
                "a/image." + ENDINGS[choices & 3], Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length));
        LoadOptions all = LoadOptions.all(1);
        folder.load("folder", (choices & 4) != 0 ? all.withImageSize(4) : all);
    }
}
