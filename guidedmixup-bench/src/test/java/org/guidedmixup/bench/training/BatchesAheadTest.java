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
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageShape;
import org.guidedmixup.bench.model.RandomBatch;
import org.guidedmixup.bench.model.SmallResNet;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class BatchesAheadTest {
    private static final ImageShape SHAPE = new ImageShape(1, 8, 8);

    private static List<DataSet> batches(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> RandomBatch.of(i, 4, SHAPE, 3))
                .toList();
    }

    @Test
    void givesEveryBatchOnceInOrderTransformedOnAnotherThread() {
        List<DataSet> source = batches(7);
        List<String> told = new ArrayList<>();
        BatchTransform transform = (batch, epoch, step) -> {
            assertNotEquals("main", Thread.currentThread().getName());
            told.add(epoch + " " + step);
            return batch;
        };
        List<DataSet> given = new ArrayList<>();
        try (BatchesAhead ahead = new BatchesAhead(source.iterator(), transform, 3)) {
            ahead.forEachRemaining(given::add);
            assertFalse(ahead.hasNext());
            assertThrows(NoSuchElementException.class, ahead::next);
        }
        assertEquals(7, given.size());
        for (int i = 0; i < 7; i++) {
            assertSame(source.get(i), given.get(i));
        }
        assertEquals(List.of("3 0", "3 1", "3 2", "3 3", "3 4", "3 5", "3 6"), told);
    }

    @Test
    void whatFailsThereFailsHereAndTheThreadEnds() {
        Iterator<DataSet> broken = Stream.concat(batches(1).stream(), Stream.<DataSet>generate(() -> {
                    throw new IllegalArgumentException("no such image");
                }))
                .iterator();
        try (BatchesAhead ahead = new BatchesAhead(broken, (batch, e, s) -> batch, 0)) {
            assertEquals(4, ahead.next().numExamples());
            assertEquals(
                    "no such image",
                    assertThrows(IllegalArgumentException.class, ahead::next).getMessage());
        }
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("training batches")));
    }

    /** The same bits, whether batches are changed ahead or right before their step. */
    @Test
    void aTrainingIsTheSame() throws IOException {
        assertArrayEquals(parameters(true), parameters(false));
    }

    private static float[] parameters(boolean ahead) throws IOException {
        ImageModel model = ImageModel.builder()
                .architecture(new SmallResNet(2))
                .input(1, 8, 8)
                .classes(3)
                .build();
        BatchTransform negative = new BatchTransform() {
            @Override
            public DataSet apply(DataSet batch, int epoch, int step) {
                return new DataSet(batch.getFeatures().mul(step - 1.5), batch.getLabels());
            }

            @Override
            public boolean ahead() {
                return ahead;
            }
        };
        new Trainer(model, epoch -> batches(4).iterator(), TrainerSettings.of(2, 4))
                .transform(negative)
                .run();
        return model.parameters().get("logits.weight").data().asFloat();
    }
}
