package org.guidedmixup.dl4j.opencv;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import org.guidedmixup.saliency.SaliencyDetector;
import org.guidedmixup.testing.RandomImages;
import org.junit.jupiter.api.Test;
import org.nd4j.enums.DataFormat;

/** A class path that has no OpenCV. */
class WithoutOpenCvTest {
    /** Loads the package of the detector anew and finds no class of OpenCV. */
    private static final class WithoutOpenCv extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.bytedeco.opencv.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("org.guidedmixup.dl4j.opencv.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = OpenCvSaliency.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void detectionSaysWhatToAdd() throws Exception {
        Class<?> type = new WithoutOpenCv().loadClass(OpenCvSaliency.class.getName());
        assertNotSame(OpenCvSaliency.class, type);
        SaliencyDetector detector = assertInstanceOf(
                SaliencyDetector.class, type.getMethod("fineGrained").invoke(null));
        for (int attempt = 0; attempt < 2; attempt++) {
            String message = assertThrows(
                            IllegalStateException.class,
                            () -> detector.detect(RandomImages.nchw(1, 2, 3, 8, 8), null, DataFormat.NCHW))
                    .getMessage();
            assertTrue(message.contains("org.bytedeco:opencv-platform 4.5.5-1.5.7"), message);
        }
    }
}
