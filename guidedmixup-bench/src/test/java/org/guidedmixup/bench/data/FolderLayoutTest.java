package org.guidedmixup.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.guidedmixup.bench.data.FolderLayout.ClassFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folder layouts, and the errors for unexpected ones. Nothing is decoded. */
class FolderLayoutTest {
    @TempDir
    private Path root;

    /** Creates empty files such as {@code train/a/x.png}. */
    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    private FolderLayout layout() {
        return FolderLayout.of(root);
    }

    private void assertRefused(String... parts) {
        assertSays(assertThrows(DataException.class, this::layout).getMessage(), parts);
    }

    private static void assertSays(String message, String... parts) {
        assertEquals(1, message.lines().count());
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + message + "' should say '" + part + "'");
        }
    }

    private static List<String> names(List<ClassFiles> classes) {
        return classes.stream().map(ClassFiles::name).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Training, Testing",
        "Train, Test",
        "TRAIN, TEST",
        "train, val",
        "train, valid",
        "train, validation",
        "train, dev",
        "training, Validation"
    })
    void splitsAreKnownInAnyCaseAndTheUsualSpellings(String train, String test) throws IOException {
        files(train + "/a/1.png", train + "/a/2.png", train + "/b/1.png", test + "/a/1.png", test + "/b/1.png");
        FolderLayout layout = layout();
        assertEquals(List.of("a", "b"), names(layout.train()));
        assertEquals(2, layout.train().get(0).files().size());
        assertEquals(1, layout.test().orElseThrow().get(0).files().size());
        assertEquals(List.of(), layout.remarks());
    }

    @Test
    void twoSpellingsOfOneSplitAreRefused() throws IOException {
        files("train/a/1.png", "train/b/1.png", "valid/a/1.png", "valid/b/1.png", "dev/a/1.png", "dev/b/1.png");
        assertRefused(root.toString(), "dev/ and valid/ mean the same");
    }

    @Test
    void aTestWithoutTrainingIsRefused() throws IOException {
        files("Testing/a/1.png", "Testing/b/1.png", "c/1.png");
        assertRefused("has Testing/ but no train/ or training/");
    }

    @Test
    void imagesThatNobodyUsesAreCountedByTheirFolders() throws IOException {
        files("train/a/1.png", "train/b/1.png", "train/stray.png", "test/a/1.png", "test/b/1.png", "cover.jpg");
        files("val/a/1.png", "val/b/1.png", "extra/1.png", "extra/2/3.png", "empty/readme.txt");
        List<String> remarks = layout().remarks();
        assertEquals(1, remarks.size());
        assertSays(
                remarks.get(0),
                "1 directly in " + root + ",",
                "1 directly in " + root.resolve("train"),
                "2 in " + root.resolve("extra"),
                "2 in " + root.resolve("val"));
    }

    /** Competitions publish test images without their classes. */
    @Test
    void testImagesWithoutClassesAreNotAClass() throws IOException {
        files("train/a/1.png", "train/b/1.png", "test/1.png", "test/2.png");
        FolderLayout layout = layout();
        assertEquals(List.of("a", "b"), names(layout.train()));
        assertTrue(layout.test().isEmpty());
        assertSays(layout.remarks().get(0), "2 in " + root.resolve("test"));
    }

    @Test
    void splitsWithoutClassFoldersAreNotClasses() throws IOException {
        files("train/1.png", "test/1.png");
        assertRefused("images lie directly in test/ and train/", "a folder for each class");
    }

    @Test
    void aClassMayBeCalledTrain() throws IOException {
        files("bus/1.png", "train/1.png", "train/notes/readme.txt");
        assertEquals(List.of("bus", "train"), names(layout().train()));
    }

    @Test
    void oneFolderTooManyIsToldWithTheFolderToTake() throws IOException {
        files("cub/001/1.png", "cub/002/1.png", "cub/003/1.png", "cub/004/1.png");
        assertRefused("a single class folder, 'cub'", "001, 002, 003, … 4 in all", "folder:" + root.resolve("cub"));
        files("train/all/a/1.png", "train/all/b/1.png");
        assertRefused(
                root.resolve("train").toString(),
                "single class folder, 'all'",
                "a, b",
                "move their folders to " + root.resolve("train"));
    }

    @Test
    void severalFoldersTooManyAreToldWithTheFolderToTake() throws IOException {
        files("data/birds/cub/001/1.png", "data/birds/cub/002/1.png");
        assertRefused(
                "a single class folder, 'data', which holds a single folder, 'birds', which holds a single folder, 'cub'",
                "which holds 001, 002; if those are the classes, use folder:" + root.resolve("data/birds/cub"));
    }

    @Test
    void severalFoldersAboveTheSplitsToo() throws IOException {
        files("data/cub/train/a/1.png", "data/cub/train/b/1.png", "data/cub/test/a/1.png", "data/cub/test/b/1.png");
        assertRefused(
                "a single folder, 'data', which holds a single folder, 'cub', which holds test, train",
                "expected folder:" + root.resolve("data/cub"));
    }

    @Test
    void severalFoldersAboveTheImagesOfOneClass() throws IOException {
        files("data/cub/1.png", "data/cub/2.png");
        assertRefused("'data', which holds a single folder, 'cub', which holds images: expected at least two classes");
    }

    @Test
    void aSingleClassIsRefused() throws IOException {
        files("a/1.png", "a/2.png");
        assertRefused("a single class folder, 'a'", "expected at least two classes");
    }

    @Test
    void foldersOfFoldersAreToldToBeOneClassEach() throws IOException {
        files("seg_train/sea/1.png", "seg_train/street/1.png", "seg_test/sea/1.png", "seg_test/street/1.png");
        FolderLayout layout = layout();
        assertEquals(List.of("seg_test", "seg_train"), names(layout.train()));
        assertSays(layout.remarks().get(0), "seg_test and 1 more", "sea, street", "all of class 'seg_test'");
    }

    @Test
    void splitsInsideOfClassesAreRefused() throws IOException {
        files("cat/train/1.png", "cat/test/1.png", "dog/train/1.png", "dog/test/1.png");
        assertRefused(root.resolve("cat").toString(), "a class folder with test/ inside", "test/cat");
    }

    @Test
    void formatsThatAreNotReadAreCountedAndNamed() throws IOException {
        files("a/1.png", "a/2.webp", "a/3.TIF", "a/notes.txt", "b/1.jfif", "b/below/2.webp", "b/.hidden.webp");
        FolderLayout layout = layout();
        assertEquals(3, layout.unsupported());
        assertEquals(1, layout.remarks().size());
        assertSays(layout.remarks().get(0), root.toString(), "1 .tif, 2 .webp not read", ".jpg");
        files("c/1.heic");
        assertRefused(root.resolve("c").toString(), "no images (.jpg", "only .heic, which are not read");
    }

    @Test
    void whatMacOsAddsToArchivesIsNoClass() throws IOException {
        files("a/1.png", "b/1.png", "__MACOSX/a/._1.png", ".cache/1.png");
        assertEquals(List.of("a", "b"), names(layout().train()));
    }

    @Test
    void splitsBelowOneFolderTooManyAreToldWithTheFolderToTake() throws IOException {
        files("data/train/a/1.png", "data/train/b/1.png", "data/test/a/1.png", "data/test/b/1.png");
        assertRefused(root.toString(), "'data', which holds test, train", "folder:" + root.resolve("data"));
    }

    @Test
    void linksToFoldersBelowAClassAreNamed() throws IOException {
        files("a/1.png", "b/1.png", "b/more/2.png");
        Files.createSymbolicLink(root.resolve("a/linked"), root.resolve("b/more"));
        FolderLayout layout = layout();
        assertEquals(1, layout.train().get(0).files().size());
        assertEquals(1, layout.remarks().size());
        assertSays(layout.remarks().get(0), root.resolve("a/linked").toString(), "not followed");
    }
}
