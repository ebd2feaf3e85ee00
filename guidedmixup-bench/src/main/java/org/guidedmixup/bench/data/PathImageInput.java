package org.guidedmixup.bench.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file for the JDK's image readers. ImageIO only opens a {@link java.io.File}, whose name the locale may not be able
 * to represent; a {@link Path} holds the name as stored on disk. For one thread.
 */
final class PathImageInput extends ImageInputStreamImpl {
    private final SeekableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14).limit(0);
    private long bufferStart;

    PathImageInput(Path file) throws IOException {
        channel = Files.newByteChannel(file);
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (!fill()) {
            return -1;
        }
        streamPos++;
        return buffer.get() & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        streamPos += count;
        return count;
    }

    /** Loads the byte at the stream's position into the buffer; returns false at the end of the file. */
    private boolean fill() throws IOException {
        long inBuffer = streamPos - bufferStart;
        if (inBuffer >= 0 && inBuffer < buffer.limit()) {
            buffer.position((int) inBuffer);
            return true;
        }
        bufferStart = streamPos;
        channel.position(streamPos);
        buffer.clear();
        int read = channel.read(buffer);
        buffer.flip();
        return read > 0;
    }

    @Override
    public long length() {
        try {
            return channel.size();
        } catch (IOException e) {
            return -1; // unknown, as the interface defines it
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        channel.close();
    }
}
