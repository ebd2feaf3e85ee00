package org.guidedmixup.bench.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.NodeList;

/**
 * The canvas of a GIF's first picture. It may be larger than the picture; as in Pillow, the area around the picture has
 * the picture's transparent colour if there is one, or else the first of its palette.
 *
 * @param size size of the canvas, enlarged where the picture reaches beyond it
 * @param left first column of the picture, in pixels
 * @param top first row of the picture, in pixels
 * @param around the index of the colour around the picture
 */
record GifCanvas(ImageFile.Size size, int left, int top, int around) {
    /** {@return the canvas of an opened file} */
    static GifCanvas of(ImageReader reader) throws IOException {
        IIOMetadata stream = reader.getStreamMetadata();
        IIOMetadata first = reader.getImageMetadata(0);
        if (stream == null || first == null) {
            throw new IOException("a GIF without a picture");
        }
        IIOMetadataNode screen = node(stream, "LogicalScreenDescriptor");
        IIOMetadataNode place = node(first, "ImageDescriptor");
        int left = number(place, "imageLeftPosition");
        int top = number(place, "imageTopPosition");
        int width = Math.max(number(screen, "logicalScreenWidth"), left + reader.getWidth(0));
        int height = Math.max(number(screen, "logicalScreenHeight"), top + reader.getHeight(0));
        return new GifCanvas(new ImageFile.Size(height, width), left, top, transparent(first));
    }

    private static int transparent(IIOMetadata first) {
        NodeList control = root(first).getElementsByTagName("GraphicControlExtension");
        if (control.getLength() == 0) {
            return 0;
        }
        IIOMetadataNode extension = (IIOMetadataNode) control.item(0);
        return extension.getAttribute("transparentColorFlag").equalsIgnoreCase("true")
                ? number(extension, "transparentColorIndex")
                : 0;
    }

    /**
     * {@return the picture on its canvas, [3, H, W] unsigned bytes}
     *
     * @param picture the decoded picture. Not modified.
     */
    byte[] planes(BufferedImage picture) throws IOException {
        byte[] inner = Planes.of(picture);
        int innerHeight = picture.getHeight();
        int innerWidth = picture.getWidth();
        if (innerHeight == size.height() && innerWidth == size.width()) {
            return inner;
        }
        int rgb = picture.getColorModel() instanceof IndexColorModel palette && around < palette.getMapSize()
                ? palette.getRGB(around)
                : 0;
        int plane = size.height() * size.width();
        byte[] pixels = new byte[3 * plane];
        for (int c = 0; c < 3; c++) {
            Arrays.fill(pixels, c * plane, (c + 1) * plane, (byte) (rgb >> (16 - 8 * c)));
            for (int y = 0; y < innerHeight; y++) {
                int from = (c * innerHeight + y) * innerWidth;
                int to = c * plane + (top + y) * size.width() + left;
                System.arraycopy(inner, from, pixels, to, innerWidth);
            }
        }
        return pixels;
    }

    private static IIOMetadataNode root(IIOMetadata metadata) {
        return (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    }

    private static IIOMetadataNode node(IIOMetadata metadata, String name) {
        return (IIOMetadataNode) root(metadata).getElementsByTagName(name).item(0);
    }

    private static int number(IIOMetadataNode node, String attribute) {
        return Integer.parseInt(node.getAttribute(attribute));
    }
}
