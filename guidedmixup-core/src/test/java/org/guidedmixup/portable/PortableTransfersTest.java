package org.guidedmixup.portable;

import static org.guidedmixup.portable.HostAccessByMethod.CHANNELS;
import static org.guidedmixup.portable.HostAccessByMethod.CLASSES;
import static org.guidedmixup.portable.HostAccessByMethod.HEIGHT;
import static org.guidedmixup.portable.HostAccessByMethod.IMAGES;
import static org.guidedmixup.portable.HostAccessByMethod.WIDTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.guidedmixup.concurrency.SeparateJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The transfers from device memory on the path that a GPU would take. The test runs on the CPU, in a JVM where ND4J creates its
 * buffers with {@link CountingBuffers}: Java code can reach values only through these, while ND4J's own operations bypass them.
 */
class PortableTransfersTest {
    private static final long LABELS = (long) IMAGES * CLASSES;
    private static final long MAPS = (long) IMAGES * HEIGHT * WIDTH;
    private static final long PIXELS = MAPS * CHANNELS;

    /** Sums of maps, products of maps, and the distances computed from them. */
    private static final long GUIDED = IMAGES + 2L * IMAGES * IMAGES;

    /** The largest deviation of a row sum from 1, which decides the kind of labels: for smoothing and for SnapMix. */
    private static final long KIND = 1;

    private record Transfers(long times, long values) {}

    /** The transfers of planning and mixing one batch. */
    private static final Map<String, Transfers> EXPECTED = new HashMap<>(Map.of(
            "guided-sr", new Transfers(5, LABELS + GUIDED + KIND),
            "guided-ap", new Transfers(4, LABELS + GUIDED),
            "guided-sr, drawn start", new Transfers(4, LABELS + GUIDED),
            "guided-sr, two farthest", new Transfers(4, LABELS + GUIDED),
            "mixup", new Transfers(1, LABELS),
            "cutmix+greedy", new Transfers(4, LABELS + GUIDED),
            "saliencymix", new Transfers(2, LABELS + MAPS),
            "snapmix", new Transfers(4, LABELS + MAPS + 2 * KIND)));

    static {
        // These run in plain Java: minimum cuts of the blocks, and operations on bytes.
        EXPECTED.put("puzzlemix", new Transfers(4, LABELS + PIXELS + 2 * MAPS));
        EXPECTED.put("comixup", new Transfers(2, LABELS + MAPS));
        EXPECTED.put("augmix", new Transfers(3, LABELS + 2 * PIXELS));
        EXPECTED.put("guided-sr+augmix", new Transfers(9, 2 * LABELS + GUIDED + 3 * PIXELS + KIND));
    }

    @TempDir
    private Path folder;

    @Test
    void everyMethodFetchesWhatItDecidesByAndNothingElementByElement() throws Exception {
        List<String[]> lines = SeparateJvm.run(HostAccessByMethod.class, 2, folder.resolve("output"))
                .lines()
                .map(line -> line.split(";"))
                .toList();
        Map<String, String> callers = lines.stream().collect(Collectors.toMap(line -> line[0], line -> line[5]));
        Map<String, Transfers> found = lines.stream()
                .collect(Collectors.toMap(
                        line -> line[0], line -> new Transfers(Long.parseLong(line[1]), Long.parseLong(line[2]))));
        String choice = "mixup or cutmix";
        // Both mixers of the choice look at the labels, whichever of them is drawn.
        assertTrue(
                List.of(new Transfers(2, 2 * LABELS), new Transfers(5, 2 * LABELS + GUIDED))
                        .contains(found.remove(choice)),
                choice);
        EXPECTED.forEach((name, transfers) -> assertEquals(transfers, found.get(name), () -> name + callers.get(name)));
        assertEquals(EXPECTED.keySet(), found.keySet(), "every method");
        for (String[] line : lines) {
            assertTrue(Long.parseLong(line[3]) > 0, () -> line[0] + ": nothing was sent, so nothing was counted");
            assertEquals(0, Long.parseLong(line[4]), () -> line[0] + " element by element: " + line[5]);
        }
    }
}
