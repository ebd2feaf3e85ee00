package org.guidedmixup.dl4j.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.guidedmixup.image.ValueRange;
import org.guidedmixup.saliency.spectral.ChannelOrder;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays as pixels. */
class PicturesTest {
    private static final int RGB = 0xFFFFFF;

    @Test
    void threeChannelsAreRedGreenAndBlue() {
        INDArray image = Nd4j.create(DataType.FLOAT, 3, 1, 2);
        image.putScalar(new int[] {0, 0, 1}, 1);
        image.putScalar(new int[] {1, 0, 1}, 0.5);
        image.putScalar(new int[] {2, 0, 1}, 7);
        BufferedImage picture = Pictures.photograph(image);
        assertEquals(0, picture.getRGB(0, 0) & RGB);
        assertEquals(0xFF80FF, picture.getRGB(1, 0) & RGB);
    }

    @Test
    void otherChannelsAreAveraged() {
        INDArray image = Nd4j.createFromArray(0f, 1f).reshape(2, 1, 1);
        assertEquals(0x808080, Pictures.photograph(image).getRGB(0, 0) & RGB);
        assertEquals(
                0xFFFFFF,
                Pictures.photograph(Nd4j.ones(DataType.FLOAT, 1, 1, 1)).getRGB(0, 0) & RGB);
    }

    @Test
    void fourChannelsAreColoursAndOpacity() {
        INDArray image = Nd4j.createFromArray(1f, 0.5f, 0f, 0.25f).reshape(4, 1, 1);
        BufferedImage picture = Pictures.photograph(image, ValueRange.of(0, 1), ChannelOrder.BGR);
        assertEquals(0xFF8000, picture.getRGB(0, 0) & RGB);
    }

    @Test
    void valuesAreReadByTheRangeOfTheirChannel() {
        INDArray image = Nd4j.createFromArray(-2f, 0f, 2f).reshape(3, 1, 1);
        ValueRange range = ValueRange.standardized(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.25f, 0.25f, 0.25f});
        assertEquals(
                0x0080FF, Pictures.photograph(image, range, ChannelOrder.RGB).getRGB(0, 0) & RGB);
        assertEquals(
                0xFF8000, Pictures.photograph(image, range, ChannelOrder.BGR).getRGB(0, 0) & RGB);
        ValueRange two = ValueRange.standardized(new float[] {0, 0}, new float[] {1, 1});
        assertThrows(IllegalArgumentException.class, () -> Pictures.photograph(image, two, ChannelOrder.RGB));
    }

    @Test
    void reducingTakesMeansOfSquares() {
        BufferedImage picture = Pictures.photograph(
                Nd4j.createFromArray(new float[][] {{0, 1, 1, 1, 0}, {1, 0, 1, 1, 0}, {0, 0, 0, 0, 0}})
                        .reshape(1, 3, 5));
        BufferedImage small = Pictures.reduce(picture, 3);
        assertEquals(2, small.getWidth());
        assertEquals(1, small.getHeight());
        assertEquals(0x808080, small.getRGB(0, 0) & RGB);
        assertEquals(0xFFFFFF, small.getRGB(1, 0) & RGB);
        assertSame(picture, Pictures.reduce(picture, 5));
    }

    @Test
    void heatIsRelativeToTheMaximum() {
        BufferedImage picture = Pictures.heatMap(Nd4j.createFromArray(new float[][] {{0, 0.001f, 0.002f}}));
        assertEquals(ColorMap.HEAT.rgb(0), picture.getRGB(0, 0) & RGB);
        assertEquals(ColorMap.HEAT.rgb(0.5), picture.getRGB(1, 0) & RGB);
        assertEquals(ColorMap.HEAT.rgb(1), picture.getRGB(2, 0) & RGB);
        Pictures.heatMap(Nd4j.create(DataType.FLOAT, 2, 2));
    }

    @Test
    void aMaskHasFixedEnds() {
        BufferedImage picture = Pictures.mask(Nd4j.createFromArray(new float[][] {{0, 0.5f, 1}}));
        assertEquals(ColorMap.SHARE.rgb(0), picture.getRGB(0, 0) & RGB);
        assertEquals(0xEEEEEE, picture.getRGB(1, 0) & RGB);
        assertEquals(ColorMap.SHARE.rgb(1), picture.getRGB(2, 0) & RGB);
    }

    @Test
    void enlargingRepeatsPixels() {
        BufferedImage picture = Pictures.mask(Nd4j.createFromArray(new float[][] {{0, 1, 0}, {1, 0, 1}}));
        BufferedImage large = Pictures.enlarge(picture, 10);
        assertEquals(9, large.getWidth());
        assertEquals(6, large.getHeight());
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 9; x++) {
                assertEquals(picture.getRGB(x / 3, y / 3), large.getRGB(x, y));
            }
        }
        assertEquals(3, Pictures.enlarge(picture, 1).getWidth());
    }

    @Test
    void pngIsReadBack() throws IOException {
        BufferedImage picture = Pictures.mask(Nd4j.createFromArray(new float[][] {{0, 1}}));
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.bytes(picture)));
        assertEquals(picture.getRGB(1, 0), read.getRGB(1, 0));
        assertTrue(Png.dataUri(picture).startsWith("data:image/png;base64,iVBOR"));
    }

    @Test
    void colorsOutsideTheScaleAreItsEnds() {
        assertEquals(ColorMap.HEAT.rgb(1), ColorMap.HEAT.rgb(2));
        assertEquals(ColorMap.HEAT.rgb(0), ColorMap.HEAT.rgb(-1));
        assertEquals(ColorMap.HEAT.rgb(0), ColorMap.HEAT.rgb(Double.NaN));
    }

    @Test
    void aWrongRankIsNamed() {
        assertThrows(IllegalArgumentException.class, () -> Pictures.photograph(Nd4j.ones(DataType.FLOAT, 2, 2)));
        assertThrows(IllegalArgumentException.class, () -> Pictures.mask(Nd4j.ones(DataType.FLOAT, 1, 2, 2)));
    }
}
