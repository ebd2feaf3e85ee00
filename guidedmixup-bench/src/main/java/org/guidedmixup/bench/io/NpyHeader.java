package org.guidedmixup.bench.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@code .npy} file, format versions 1 to 3: a Python dictionary with element type, order and shape.
 *
 * @param type the element type without its byte order, for example {@code f4}
 * @param order the byte order of the elements
 * @param fortran whether the first axis runs fastest
 * @param shape the sizes, each at least 1
 * @param offset the position of the first element in the file
 */
record NpyHeader(String type, ByteOrder order, boolean fortran, List<Long> shape, int offset) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Set<String> TYPES =
            Set.of("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1");
    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([<>|=]?)([^'\"]*)['\"]");
    private static final Pattern FORTRAN = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\dL,\\s]*+)\\)");
    private static final Pattern SIZE = Pattern.compile("\\s*+(\\d{1,18})L?\\s*+");

    /** NumPy writes 128 bytes, and reads no more than this unless told to trust the file. */
    private static final int LONGEST = 10_000;

    /** ND4J's limit. */
    private static final int MOST_AXES = 32;

    /**
     * Reads a header.
     *
     * @param file the whole file, little endian
     * @return the header
     * @throws IllegalArgumentException if this is not a header, or the elements are not numbers
     */
    static NpyHeader read(ByteBuffer file) {
        byte[] start = new byte[Math.min(MAGIC.length, file.limit())];
        file.get(0, start);
        if (!Arrays.equals(start, MAGIC) || file.limit() < 12) {
            throw new IllegalArgumentException("not a .npy file");
        }
        int version = file.get(6);
        if (version < 1 || version > 3) {
            throw new IllegalArgumentException("unknown .npy version " + version);
        }
        long length = version == 1 ? file.getShort(8) & 0xFFFF : file.getInt(8) & 0xFFFFFFFFL;
        int begin = version == 1 ? 10 : 12;
        if (begin + length > file.limit()) {
            throw new IllegalArgumentException("ends within its header");
        }
        if (length > LONGEST) {
            throw new IllegalArgumentException("header: expected at most " + LONGEST + " bytes, got " + length);
        }
        byte[] text = new byte[(int) length];
        file.get(begin, text);
        return parse(new String(text, StandardCharsets.UTF_8), begin + text.length);
    }

    private static NpyHeader parse(String text, int offset) {
        Matcher descr = DESCR.matcher(text);
        if (!descr.find()) {
            throw new IllegalArgumentException(
                    "header without a simple element type (structured arrays cannot be read)");
        }
        String type = descr.group(2);
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException(
                    "elements of type '" + descr.group(1) + type + "' cannot be read, expected real numbers");
        }
        boolean fortran = find(FORTRAN, text, "fortran_order").equals("True");
        ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(type, order, fortran, shape(find(SHAPE, text, "shape")), offset);
    }

    private static String find(Pattern pattern, String text, String key) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("header without a readable '" + key + "'");
        }
        return matcher.group(1);
    }

    private static List<Long> shape(String sizes) {
        List<Long> shape = new ArrayList<>();
        String tuple = sizes.strip();
        String inner = tuple.endsWith(",") ? tuple.substring(0, tuple.length() - 1) : tuple; // (3,)
        for (String size : inner.split(",", -1)) {
            Matcher number = SIZE.matcher(size);
            if (!number.matches()) {
                throw new IllegalArgumentException("shape (" + tuple + ") has no axes, or axes without a size");
            }
            shape.add(Long.valueOf(number.group(1)));
        }
        if (shape.contains(0L) || shape.size() > MOST_AXES) {
            throw new IllegalArgumentException(
                    "shape (" + tuple + ") has no elements or more than " + MOST_AXES + " axes");
        }
        return List.copyOf(shape);
    }

    /** Returns the bytes of one element. */
    int elementSize() {
        return type.charAt(1) - '0';
    }

    /** Returns the number of elements. */
    long length() {
        long length = 1;
        for (long size : shape) {
            try {
                length = Math.multiplyExact(length, size);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("shape " + shape + " is too large", e);
            }
        }
        return length;
    }
}
