#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: Nd4j.image.adjustContrast and Nd4j.image.cropAndResize throw for valid images. The operations that they
# stand for, called by name, work.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'Nd4j.image.adjustContrast: Op [adjust_contrast_v2] execution failed: java.lang.NullPointerException: array is marked non-null but is null
adjust_contrast_v2: [ -0.5000, -0.5000, -0.5000, 1.5000, 1.5000, 1.5000]
Nd4j.image.cropAndResize: Op [crop_and_resize] execution failed: java.lang.NullPointerException: array is marked non-null but is null
crop_and_resize: [ 0, 3.0000, 12.0000, 15.0000]' <<'JAVA'
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
INDArray image = Nd4j.arange(16).castTo(DataType.FLOAT).reshape(1, 4, 4, 1);
INDArray rgb = Nd4j.createFromArray(0f, 0f, 0f, 1f, 1f, 1f).reshape(1, 1, 2, 3);
INDArray box = Nd4j.createFromArray(new float[][] {{0, 0, 1, 1}});
record Case(String name, Supplier<INDArray> call) {}
for (Case c : new Case[] {
    new Case("Nd4j.image.adjustContrast", () -> Nd4j.image.adjustContrast(rgb, 2)),
    new Case("adjust_contrast_v2", () -> Nd4j.exec(DynamicCustomOp.builder("adjust_contrast_v2")
            .addInputs(rgb).addFloatingPointArguments(2.0).build())[0]),
    new Case("Nd4j.image.cropAndResize", () -> Nd4j.image.cropAndResize(image, box, Nd4j.createFromArray(0),
            Nd4j.createFromArray(2, 2))),
    new Case("crop_and_resize", () -> Nd4j.exec(DynamicCustomOp.builder("crop_and_resize")
            .addInputs(image, box, Nd4j.createFromArray(0), Nd4j.createFromArray(2, 2)).build())[0])
}) {
    try {
        say(c.name + ": " + c.call.get().reshape(-1));
    } catch (RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        say(c.name + ": " + e.getMessage() + ": " + cause);
    }
}
JAVA
