#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: createFromNpyFile ignores fortran_order: a column-major file, which NumPy writes of a transposed array, is
# read as if it were row-major, so its elements are in wrong places. A file of npy version 2 is refused.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'version 1, row-major: [[ 0, 1.0000, 2.0000], [ 3.0000, 4.0000, 5.0000]]
version 1, column-major: [[ 0, 3.0000, 1.0000], [ 4.0000, 2.0000, 5.0000]]
version 2, row-major: java.lang.RuntimeException: Pointer doesn'"'"'t look like a NumPy header' <<'JAVA'
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import org.nd4j.linalg.factory.Nd4j;
for (int kind = 0; kind < 3; kind++) {
    boolean columns = kind == 1;
    int version = kind == 2 ? 2 : 1;
    String header = "{'descr': '<f4', 'fortran_order': " + (columns ? "True" : "False") + ", 'shape': (2, 3), }";
    header += " ".repeat(128 - (version == 1 ? 10 : 12) - header.length() - 1) + "\n";
    ByteBuffer bytes = ByteBuffer.allocate(128 + 24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes()).put((byte) version).put((byte) 0);
    bytes = version == 1 ? bytes.putShort((short) header.length()) : bytes.putInt(header.length());
    bytes.put(header.getBytes());
    for (float value : columns ? new float[] {0, 3, 1, 4, 2, 5} : new float[] {0, 1, 2, 3, 4, 5}) {
        bytes.putFloat(value);
    }
    File file = File.createTempFile("finding", ".npy");
    file.deleteOnExit();
    Files.write(file.toPath(), bytes.array());
    String what = "version " + version + (columns ? ", column-major: " : ", row-major: ");
    try {
        say(what + Nd4j.createFromNpyFile(file));
    } catch (RuntimeException e) {
        say(what + e);
    }
}
JAVA
