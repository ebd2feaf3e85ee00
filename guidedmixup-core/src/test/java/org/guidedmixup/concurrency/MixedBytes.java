package org.guidedmixup.concurrency;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.testing.RandomImages;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.nativeblas.NativeOpsHolder;

/** A program that mixes batches with every method and writes all values to the given file. */
final class MixedBytes {
    private static final int BATCHES = 3;

    private MixedBytes() {}

    public static void main(String[] arguments) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0]))))) {
            for (DataFormat format : DataFormat.values()) {
                for (BatchMixer mixer : EveryMethod.mixers(format).values()) {
                    for (int batch = 0; batch < BATCHES; batch++) {
                        write(out, mixed(mixer, format, batch));
                    }
                }
            }
        }
        System.out.println(NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
    }

    /** Mixes FLOAT and NCHW in plain Java, and DOUBLE and NHWC with ND4J's operations. */
    private static MixedBatch mixed(BatchMixer mixer, DataFormat format, int batch) {
        INDArray nchw = RandomImages.nchw(batch, 8, 3, 64, 48);
        INDArray images = format == DataFormat.NCHW
                ? nchw
                : RandomImages.inFormat(nchw, format).castTo(DataType.DOUBLE);
        INDArray labels = RandomImages.labels(8, 5);
        return mixer.plan(images, labels, 1, batch).apply(images, labels);
    }

    private static void write(DataOutputStream out, MixedBatch mixed) throws IOException {
        for (INDArray array : new INDArray[] {mixed.images(), mixed.labels()}) {
            for (double value : array.castTo(DataType.DOUBLE).dup('c').data().asDouble()) {
                out.writeDouble(value);
            }
        }
    }
}
