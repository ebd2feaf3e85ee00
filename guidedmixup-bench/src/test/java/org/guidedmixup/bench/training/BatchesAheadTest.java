package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageShape;
import org.guidedmixup.bench.model.RandomBatch;
import org.guidedmixup.bench.model.SmallResNet;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;

class BatchesAheadTest {
    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    private static final ImageShape SHAPE = new ImageShape(1, 8, 8);

    private static List<DataSet> batches(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> RandomBatch.of(i, 4, SHAPE, 3))
                .toList();
    }

    @Test
    void givesEveryBatchOnceInOrderMadeOnAnotherThread() {
        List<DataSet> source = batches(7);
        List<Integer> made = new ArrayList<>();
        Iterator<DataSet> batches = IntStream.range(0, 7)
                .mapToObj(i -> {
                    assertNotEquals("main", Thread.currentThread().getName());
                    made.add(i);
                    return source.get(i);
                })
                .iterator();
        List<DataSet> given = new ArrayList<>();
        try (BatchesAhead ahead = new BatchesAhead(batches)) {
            ahead.forEachRemaining(given::add);
            assertFalse(ahead.hasNext());
            assertThrows(NoSuchElementException.class, ahead::next);
        }
        assertEquals(7, given.size());
        for (int i = 0; i < 7; i++) {
            assertSame(source.get(i), given.get(i));
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), made);
    }

    /**
     * A mixer that runs the network does so on the training thread, any other on a thread beside it; batches keep their
     * numbers.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMixerRunsWhereItMay(boolean async) throws IOException {
        List<String> told = new ArrayList<>();
        BatchMixer mixer = new RecordingMixer(
                async,
                (epoch, step) -> told.add(
                        epoch + " " + step + " " + Thread.currentThread().getName()),
                step -> 1);
        new Trainer(model(), epoch -> batches(3).iterator(), TrainerSettings.of(2, 3))
                .mixer(mixer)
                .run();
        String thread = async ? "training batches" : Thread.currentThread().getName();
        assertEquals(
                Stream.of("0 0 ", "0 1 ", "0 2 ", "1 0 ", "1 1 ", "1 2 ")
                        .map(number -> number + thread)
                        .toList(),
                told);
        assertFalse(isMakingBatches());
    }

    private static boolean isMakingBatches() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("training batches"));
    }

    @Test
    void whatFailsThereFailsHereAndTheThreadEnds() {
        Iterator<DataSet> broken = Stream.concat(batches(1).stream(), Stream.<DataSet>generate(() -> {
                    throw new IllegalArgumentException("no such image");
                }))
                .iterator();
        try (BatchesAhead ahead = new BatchesAhead(broken)) {
            assertEquals(4, ahead.next().numExamples());
            assertEquals(
                    "no such image",
                    assertThrows(IllegalArgumentException.class, ahead::next).getMessage());
        }
        assertFalse(isMakingBatches());
    }

    /** The result is the same bit for bit, whether batches are mixed ahead or right before their step. */
    @Test
    void aTrainingIsTheSame() throws IOException {
        assertArrayEquals(parameters(true), parameters(false));
    }

    private static ImageModel model() {
        return ImageModel.builder()
                .architecture(new SmallResNet(2))
                .input(1, 8, 8)
                .classes(3)
                .build();
    }

    private static float[] parameters(boolean ahead) throws IOException {
        ImageModel model = model();
        new Trainer(model, epoch -> batches(4).iterator(), TrainerSettings.of(2, 4))
                .mixer(new RecordingMixer(ahead, (epoch, step) -> {}, step -> step - 1.5))
                .run();
        return model.parameters().get("logits.weight").data().asFloat();
    }
}
