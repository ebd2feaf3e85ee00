package org.guidedmixup.bench.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays in NumPy's {@code .npy} format. Files are checked byte by byte on the Java side; ND4J's own reader passes them
 * to native code, which trusts the header.
 */
public final class NpyFile {
    private static final long LARGEST_FILE = 2_000_000_000L;

    private NpyFile() {}

    /**
     * Reads an array of any real type, byte order and element order.
     *
     * @param file the file
     * @return a new array in the file's shape, FLOAT, 'c' order
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is not a .npy file of numbers, or not as long as its header says; the
     *     message names the file
     */
    public static INDArray read(Path file) throws IOException {
        return read(file, false);
    }

    /**
     * Reads as {@link #read} does, but keeps integers in an integer type, so that 0 to 255 can be distinguished from 0
     * to 1.
     *
     * @param file the file
     * @return a new array in the file's shape, 'c' order: UINT8 for u1, another integer type for other integers, else
     *     FLOAT
     * @throws IOException as there
     * @throws IllegalArgumentException as there
     */
    public static INDArray readNumbers(Path file) throws IOException {
        return read(file, true);
    }

    private static INDArray read(Path file, boolean integersStay) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
            throw new IllegalArgumentException(file + ": expected a file of at most " + LARGEST_FILE + " bytes");
        }
        try {
            return parse(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN), integersStay);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static INDArray parse(ByteBuffer file, boolean integersStay) {
        NpyHeader header = NpyHeader.read(file);
        long length = header.length();
        int bytes = file.limit() - header.offset();
        if (length > Integer.MAX_VALUE || bytes != length * header.elementSize()) {
            throw new IllegalArgumentException("header says " + header.shape() + " elements of " + header.elementSize()
                    + " bytes, but " + bytes + " bytes follow");
        }
        ByteBuffer data = file.slice(header.offset(), bytes).order(header.order());
        requireMemory(bytes + Float.BYTES * length);
        float[] values = new float[(int) length];
        if (header.type().equals("f4")) {
            data.asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = element(data, header.type(), i * header.elementSize());
            }
        }
        long[] shape = header.shape().stream().mapToLong(Long::longValue).toArray();
        INDArray floats = Nd4j.create(header.fortran() ? lastAxisFirst(values, shape) : values, shape, 'c');
        return integersStay ? floats.castTo(stored(header.type())) : floats;
    }

    /**
     * Brings values from Fortran order, the first axis fastest, to C order, the last axis fastest. Not left to ND4J
     * (1.0.0-M2.1), whose conversion ended the JVM on a file that a fuzzer had made.
     */
    private static float[] lastAxisFirst(float[] values, long... shape) {
        float[] ordered = new float[values.length];
        long[] index = new long[shape.length];
        for (float value : values) {
            int position = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                position = Math.toIntExact(position * shape[axis] + index[axis]);
            }
            ordered[position] = value;
            for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                index[axis] = 0;
            }
        }
        return ordered;
    }

    /** Returns the ND4J type that holds all numbers of an element type, as nearly as floats can. */
    private static DataType stored(String type) {
        return switch (type) {
            case "u1" -> DataType.UINT8;
            case "i1" -> DataType.INT8;
            case "i2" -> DataType.INT16;
            case "u2", "i4" -> DataType.INT32;
            case "u4", "i8" -> DataType.INT64;
            case "u8" -> DataType.UINT64;
            default -> DataType.FLOAT;
        };
    }

    private static void requireMemory(long needed) {
        if (!Heap.fits(needed)) {
            throw new IllegalArgumentException(
                    "reading it needs " + (needed >> 20) + " MB, the JVM has " + Heap.megabytes() + ": use java -Xmx");
        }
    }

    private static float element(ByteBuffer data, String type, int position) {
        return switch (type) {
            case "f2" -> half(data.getShort(position));
            case "f8" -> (float) data.getDouble(position);
            case "i1" -> data.get(position);
            case "i2" -> data.getShort(position);
            case "i4" -> data.getInt(position);
            case "i8" -> data.getLong(position);
            case "u1", "b1" -> data.get(position) & 0xFF;
            case "u2" -> data.getShort(position) & 0xFFFF;
            case "u4" -> data.getInt(position) & 0xFFFFFFFFL;
            case "u8" -> unsigned(data.getLong(position));
            default -> throw new IllegalStateException(type);
        };
    }

    /** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
    private static float half(short bits) {
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude =
                switch (exponent) {
                    case 0 -> Math.scalb((float) fraction, -24);
                    case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Math.scalb((float) (fraction + 1024), exponent - 25);
                };
        return bits < 0 ? -magnitude : magnitude;
    }

    private static float unsigned(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2f;
    }

    /**
     * Writes an array as little-endian {@code f4}, or {@code i4} if it is INT, in one step.
     *
     * @param file the file, replaced if it exists
     * @param array any numeric type. Not modified.
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, INDArray array) throws IOException {
        boolean integers = array.dataType() == DataType.INT32;
        byte[] header = header(integers ? "<i4" : "<f4", array.shape());
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(header.length + 4 * array.length()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(header);
        INDArray ordered = array.dup('c');
        if (integers) {
            bytes.asIntBuffer().put(ordered.data().asInt());
        } else {
            bytes.asFloatBuffer().put(ordered.castTo(DataType.FLOAT).data().asFloat());
        }
        AtomicFile.write(file, bytes.array());
    }

    /** Returns a header of version 1, padded so that the elements start at a multiple of 64 bytes. */
    private static byte[] header(String type, long[] shape) {
        String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String tuple = shape.length == 1 ? sizes + "," : sizes;
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int length = (10 + text.length() + 1 + 63) / 64 * 64;
        String padded = text + " ".repeat(length - 10 - text.length() - 1) + "\n";
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
