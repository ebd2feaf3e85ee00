package org.guidedmixup.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The reference arrays under {@code golden/}: every step of the method, made with an independent implementation. */
public final class Golden {
    private final String name;

    public Golden(String name) {
        this.name = name;
    }

    public INDArray array(String step) {
        String path = "/golden/" + name + "/" + step + ".npy";
        try (InputStream stream = Golden.class.getResourceAsStream(path)) {
            return Nd4j.createNpyFromByteArray(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
