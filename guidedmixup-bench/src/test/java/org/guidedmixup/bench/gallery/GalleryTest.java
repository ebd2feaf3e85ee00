package org.guidedmixup.bench.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.guidedmixup.dl4j.gallery.GallerySheet;
import org.guidedmixup.dl4j.gallery.MixedPair;
import org.guidedmixup.dl4j.gallery.MixedSheet;
import org.guidedmixup.dl4j.picture.Pictures;
import org.guidedmixup.dl4j.picture.Png;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is chosen for a gallery, and what is drawn. */
class GalleryTest {
    private static final List<MixingMethod> METHODS = methods("mixup", "guided-sr");

    private static List<MixingMethod> methods(String... names) {
        return Stream.of(names).map(MixingMethod::of).toList();
    }

    /** Images with one bright square each, at a place of their own; two classes. */
    private static GalleryBatch squares(int count, List<String> names) {
        INDArray images = Nd4j.create(DataType.FLOAT, count, 3, 16, 16).addi(0.1);
        INDArray labels = Nd4j.create(DataType.FLOAT, count, names.size());
        for (int i = 0; i < count; i++) {
            int corner = 2 + 2 * (i % 5);
            for (int y = corner; y < corner + 4; y++) {
                for (int x = 2 + i % 3; x < 8; x++) {
                    images.putScalar(new int[] {i, i % 3, y, x}, 0.9);
                }
            }
            labels.putScalar(i, i % 2, 1);
        }
        return new GalleryBatch(images, labels, names);
    }

    @Test
    void everyRowShowsOneSourceByAllMethods() {
        Gallery gallery = new Gallery(squares(9, List.of("a", "b")), METHODS, 1);
        List<List<MixedPair>> rows = gallery.rows(4);
        assertEquals(4, rows.size());
        for (List<MixedPair> row : rows) {
            assertEquals(
                    METHODS.stream().map(MixingMethod::toString).toList(),
                    row.stream().map(MixedPair::title).toList());
            assertTrue(same(row.get(0).image(), row.get(1).image()));
        }
    }

    @Test
    void pairsOfTwoClassesComeFirstAndNameTheSourceFirst() {
        Gallery gallery = new Gallery(squares(9, List.of("a", "b")), methods("guided-sr"), 1);
        MixedPair first = gallery.rows(1).get(0).get(0);
        assertEquals(2, first.label().size());
        assertEquals(
                1,
                first.label().stream()
                        .mapToDouble(MixedPair.LabelWeight::weight)
                        .sum(),
                1e-5);
        assertTrue(first.labelText().matches("0\\.\\d\\d [ab] \\+ 0\\.\\d\\d [ab]"), first.labelText());
    }

    @Test
    void allMethodsAreShownOnTheSamePairsUnlessTheyNameTheirOwn() {
        List<MixingMethod> methods =
                methods("guided-sr", "mixup", "cutmix", "saliencymix", "guided-ap", "guided-sr+augmix");
        int ownPairs = 0;
        for (List<MixedPair> row : new Gallery(squares(9, List.of("a", "b")), methods, 1).rows(9)) {
            for (MixedPair pair : row) {
                assertTrue(same(row.get(0).image(), pair.image()));
                assertTrue(same(partner(row.get(0)), partner(pair)), pair.title());
            }
        }
        List<MixingMethod> random = methods("guided-sr", "guided-sr+random");
        for (List<MixedPair> row : new Gallery(squares(9, List.of("a", "b")), random, 1).rows(9)) {
            ownPairs += same(partner(row.get(0)), partner(row.get(1))) ? 0 : 1;
        }
        assertTrue(ownPairs > 3, "pairs of its own: " + ownPairs);
    }

    private static BufferedImage partner(MixedPair pair) {
        return pair.partner().orElseThrow().image();
    }

    @Test
    void methodsWithoutPartnersAreShownWithoutTargets() {
        Gallery gallery = new Gallery(squares(6, List.of("a", "b")), methods("vanilla", "augmix", "cutmix"), 1);
        List<MixedPair> row = gallery.rows(1).get(0);
        assertEquals(
                List.of(3, 3, 6), row.stream().map(pair -> pair.tiles().size()).toList());
        assertEquals("1.00 a", row.get(1).labelText().replace("b", "a"));
        assertTrue(same(row.get(0).image(), row.get(0).mixed()));
        assertFalse(same(row.get(1).image(), row.get(1).mixed()));
        assertTrue(GallerySheet.draw(gallery.rows(2)).getWidth() > 3 * 3 * 128);
    }

    @Test
    void aSmallBatchGivesFewerRows() {
        assertEquals(
                3,
                new Gallery(squares(3, List.of("a", "b")), METHODS, 1).rows(10).size());
    }

    @Test
    void whatCannotBeShownIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Gallery(squares(1, List.of("a", "b")), METHODS, 1));
    }

    @Test
    void thePageIsSelfContainedAndEscaped() {
        Gallery gallery = new Gallery(squares(6, List.of("<b>a&", "\"b")), METHODS, 1);
        String page = GalleryPage.render("<sub>", gallery.rows(2));
        assertEquals(2 * 2 * 6, page.split("src=\"data:image/png;base64,", -1).length - 1);
        assertFalse(page.contains("<b>a"));
        assertFalse(page.contains("<sub>"));
        assertFalse(page.contains("{{"));
        assertFalse(page.contains("http"));
    }

    @Test
    void theSheetHasAPlaceForEveryPicture() {
        Gallery gallery = new Gallery(squares(6, List.of("a", "b")), METHODS, 1);
        BufferedImage two = GallerySheet.draw(gallery.rows(2));
        BufferedImage four = GallerySheet.draw(gallery.rows(4));
        assertTrue(two.getWidth() > 2 * 3 * 128, "two methods, three pictures each");
        assertTrue(two.getHeight() > 2 * 2 * 128, "two rows of two");
        assertEquals(two.getWidth(), four.getWidth());
        assertTrue(four.getHeight() > 2 * two.getHeight() - 64);
    }

    @Test
    void theMixedSheetShowsEveryMethodBehindSourceAndTarget() {
        Gallery gallery = new Gallery(squares(6, List.of("a", "b")), methods("augmix", "mixup", "guided-sr"), 1);
        List<List<MixedPair>> rows = gallery.rows(2);
        BufferedImage sheet = MixedSheet.draw(rows);
        assertTrue(sheet.getWidth() > 5 * 96 && sheet.getWidth() < 6 * 102 + 32, "width " + sheet.getWidth());
        List<MixedPair> first = rows.get(0);
        List<BufferedImage> columns = List.of(
                first.get(0).image(),
                partner(first.get(1)),
                first.get(0).mixed(),
                first.get(1).mixed(),
                first.get(2).mixed());
        int top = firstRowOfPicture(sheet, first.get(0).image());
        for (int column = 0; column < columns.size(); column++) {
            BufferedImage large = Pictures.enlarge(columns.get(column), 96);
            assertTrue(same(large, sheet.getSubimage(16 + column * 102, top, 96, 96)), "picture of column " + column);
        }
        assertTrue(MixedSheet.draw(gallery.rows(4)).getHeight() > sheet.getHeight() + 2 * 96);
    }

    @Test
    void thumbnailsAreTheFirstImages() {
        INDArray images = Nd4j.rand(DataType.FLOAT, 3, 1, 8, 8);
        assertEquals(2, Thumbnails.dataUris(images, 2).size());
        assertEquals(3, Thumbnails.dataUris(images, 9).size());
        assertEquals(
                Png.dataUri(Pictures.enlarge(Pictures.photograph(images.slice(1)), 96)),
                Thumbnails.dataUris(images, 2).get(1));
    }

    /** Fonts may be missing, so that the place depends on the JDK. */
    private static int firstRowOfPicture(BufferedImage sheet, BufferedImage picture) {
        BufferedImage large = Pictures.enlarge(picture, 96);
        return IntStream.range(0, sheet.getHeight() - 96)
                .filter(y -> same(large, sheet.getSubimage(16, y, 96, 96)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean same(BufferedImage a, BufferedImage b) {
        return IntStream.range(0, a.getHeight() * a.getWidth())
                .allMatch(p ->
                        a.getRGB(p % a.getWidth(), p / a.getWidth()) == b.getRGB(p % a.getWidth(), p / a.getWidth()));
    }
}
