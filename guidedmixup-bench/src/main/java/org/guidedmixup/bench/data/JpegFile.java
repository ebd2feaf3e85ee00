package org.guidedmixup.bench.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JPEG split into its segments (ITU-T T.81, annex B), keeping only what its pixels need. Colour profiles, thumbnails,
 * comments and stray bytes between segments, broken or not, are removed before a decoder sees them. The colour space is
 * determined by libjpeg's rules and written out, so that no decoder guesses.
 */
final class JpegFile {
    /** More scans than any encoder writes (about ten); every scan is a pass over the whole image. */
    private static final int MAX_SCANS = 100;

    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int COMMENT = 0xfe;

    /** How the components encode colours. */
    enum Colors {
        GREY,
        RGB,
        YCBCR,
        CMYK,
        YCCK
    }

    private final byte[] bytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int at = 2;
    private int scans;
    private boolean jfif;
    private int adobeTransform = -1; // without an Adobe marker
    private ImageFile.Size size;
    private byte[] components = {};

    private JpegFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Splits a file.
     *
     * @param bytes begins with ff d8. Not modified.
     * @throws IOException if it ends before its end marker, or does not have exactly one frame
     */
    static JpegFile of(byte[] bytes) throws IOException {
        JpegFile file = new JpegFile(bytes);
        int marker = file.nextMarker();
        while (marker != END) {
            file.segment(marker);
            marker = file.nextMarker();
        }
        if (file.size == null || file.scans == 0) {
            throw new IOException("a JPEG without an image");
        }
        file.kept.write(0xff);
        file.kept.write(END);
        return file;
    }

    ImageFile.Size size() {
        return size;
    }

    /** {@return the colour space, by the rules of libjpeg} */
    Colors colors() throws IOException {
        return switch (components.length) {
            case 1 -> Colors.GREY;
            case 3 -> isRgb() ? Colors.RGB : Colors.YCBCR;
            case 4 -> adobeTransform <= 0 ? Colors.CMYK : Colors.YCCK;
            default -> throw new IOException("a JPEG of " + components.length + " components, expected 1, 3 or 4");
        };
    }

    private boolean isRgb() {
        if (jfif) {
            return false;
        }
        return adobeTransform == 0 || (adobeTransform < 0 && Arrays.equals(components, new byte[] {'R', 'G', 'B'}));
    }

    /** {@return a complete JPEG of the kept segments} */
    InputStream stream() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(0xff);
        head.write(START);
        if (components.length > 1) {
            boolean chroma = colors() == Colors.YCBCR;
            int transform = colors() == Colors.YCCK ? 2 : chroma ? 1 : 0;
            head.write(new byte[] {(byte) 0xff, (byte) 0xee, 0, 14});
            head.write("Adobe".getBytes(StandardCharsets.US_ASCII));
            head.write(new byte[] {0, 100, 0, 0, 0, 0, (byte) transform});
        }
        return new SequenceInputStream(
                new ByteArrayInputStream(head.toByteArray()), new ByteArrayInputStream(kept.toByteArray()));
    }

    /** Skips stray bytes, fill bytes and lone restart markers. */
    private int nextMarker() throws IOException {
        while (at + 1 < bytes.length) {
            int marker = bytes[at + 1] & 0xff;
            boolean found = bytes[at] == (byte) 0xff && marker >= 0xc0 && marker < 0xff && !stray(marker);
            if (found) {
                at += 2;
                return marker;
            }
            at++;
        }
        throw new IOException("cut short, no end of the image");
    }

    private static boolean stray(int marker) {
        return marker >= 0xd0 && marker <= START;
    }

    private void segment(int marker) throws IOException {
        int length = at + 1 < bytes.length ? word(at) : 0;
        if (length < 2 || at + length > bytes.length) {
            throw new IOException("cut short, or a segment of a wrong length");
        }
        if ((marker >= 0xe0 && marker <= 0xef) || marker == COMMENT) {
            application(marker, length);
        } else {
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                frame(length);
            }
            kept.write(bytes, at - 2, length + 2);
        }
        at += length;
        if (marker == SCAN) {
            scan();
        }
    }

    private void application(int marker, int length) {
        jfif |= marker == 0xe0 && length >= 16 && begins("JFIF\0");
        if (marker == 0xee && length >= 14 && begins("Adobe")) {
            adobeTransform = bytes[at + 13] & 0xff;
        }
    }

    private boolean begins(String text) {
        return text.equals(new String(bytes, at + 2, text.length(), StandardCharsets.ISO_8859_1));
    }

    private void frame(int length) throws IOException {
        int count = length >= 8 ? bytes[at + 7] & 0xff : 0;
        if (size != null || count < 1 || length < 8 + 3 * count) {
            throw new IOException("a JPEG with more than one frame, or a damaged one");
        }
        size = new ImageFile.Size(word(at + 3), word(at + 5));
        components = new byte[count];
        for (int c = 0; c < count; c++) {
            components[c] = bytes[at + 8 + 3 * c];
        }
    }

    /** Reads the compressed data of a scan: up to the first marker that does not belong to it. */
    private void scan() throws IOException {
        if (++scans > MAX_SCANS) {
            throw new IOException("a JPEG of more than " + MAX_SCANS + " scans");
        }
        int start = at;
        while (at + 1 < bytes.length) {
            int next = bytes[at + 1] & 0xff;
            boolean own = next == 0 || next == 0xff || (next >= 0xd0 && next <= 0xd7);
            if (bytes[at] == (byte) 0xff && !own) {
                break;
            }
            at++;
        }
        kept.write(bytes, start, at - start);
    }

    private int word(int index) {
        return ((bytes[index] & 0xff) << 8) | (bytes[index + 1] & 0xff);
    }
}
