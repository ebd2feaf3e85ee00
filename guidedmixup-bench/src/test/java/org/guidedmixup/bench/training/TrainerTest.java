package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.bench.model.Architecture;
import org.guidedmixup.bench.model.DenseNet121;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.ImageModelBuilder;
import org.guidedmixup.bench.model.ImageShape;
import org.guidedmixup.bench.model.LossGradient;
import org.guidedmixup.bench.model.PreActResNet18;
import org.guidedmixup.bench.model.RandomBatch;
import org.guidedmixup.bench.model.ResNet18;
import org.guidedmixup.bench.model.ResNet50;
import org.guidedmixup.bench.model.SmallResNet;
import org.guidedmixup.bench.model.WideResNet;
import org.guidedmixup.bench.model.batchnorm.HostSession;
import org.guidedmixup.method.InputMixup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class TrainerTest {
    @BeforeAll
    static void installHostSession() {
        HostSession.install();
    }

    private static final ImageShape SHAPE = new ImageShape(3, 12, 10);
    private static final int CLASSES = 6;
    private static final TrainerSettings THREE_EPOCHS = TrainerSettings.of(3, 2).withEvaluateEvery(1);

    @TempDir
    private Path folder;

    private static ImageModel model() {
        return model(new SmallResNet(4));
    }

    private static ImageModel model(Architecture architecture) {
        return builder(architecture).seed(2).build();
    }

    private static ImageModelBuilder builder(Architecture architecture) {
        return ImageModel.builder()
                .architecture(architecture)
                .input(SHAPE.channels(), SHAPE.height(), SHAPE.width())
                .classes(CLASSES);
    }

    private static List<DataSet> twoBatches(int epoch) {
        return List.of(batch(10L * epoch, 8), batch(10L * epoch + 1, 5));
    }

    private static DataSet batch(long seed, int size) {
        return RandomBatch.of(seed, size, SHAPE, CLASSES);
    }

    private static Trainer trainer(ImageModel model) {
        return new Trainer(model, epoch -> twoBatches(epoch).iterator(), THREE_EPOCHS)
                .mixer(InputMixup.builder().seed(4).build())
                .test(() -> List.of(batch(99, 7)).iterator());
    }

    private static Stream<Architecture> architectures() {
        return Stream.of(
                new SmallResNet(4),
                new ResNet18(4),
                new ResNet50(2),
                new PreActResNet18(4),
                new WideResNet(10, 2, 4),
                new DenseNet121(8));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void overfitsOneBatch(Architecture architecture) throws IOException {
        ImageModel model = model(architecture);
        List<DataSet> one = List.of(batch(1, 16));
        TrainerSettings settings = TrainerSettings.of(60, 1).withLearningRate(0.05);
        List<EpochRecord> history = new Trainer(model, epoch -> one.iterator(), settings)
                .test(one::iterator)
                .run();
        assertTrue(history.get(59).trainLoss() < 0.1, () -> "loss " + history.get(59));
        assertEquals(1, history.get(59).accuracy().orElseThrow().top1());
        assertTrue(history.get(58).accuracy().isEmpty());
    }

    @Test
    void cleanLossIsAddedToEveryStep() throws IOException {
        double weight = 0.6;
        TrainerSettings settings = TrainerSettings.of(1, 2);
        ImageModel trained = model();
        CleanLoss cleanLoss = new CleanLoss(weight);
        BatchMixer asking = new RecordingMixer(
                false,
                (epoch, step) -> {
                    DataSet clean = batch(50, 4);
                    try (LossGradient gradient = trained.lossGradient(clean.getFeatures(), clean.getLabels())) {
                        cleanLoss.keep(gradient.gradients());
                    }
                },
                step -> 1);
        new Trainer(trained, epoch -> twoBatches(epoch).iterator(), settings)
                .mixer(asking)
                .cleanLoss(cleanLoss)
                .run();

        ImageModel byHand = model();
        OneCycleSchedule schedule = new OneCycleSchedule(settings.learningRate(), 2);
        NesterovSgd optimizer = new NesterovSgd(settings.momentum(), settings.weightDecay());
        int step = 0;
        for (DataSet batch : twoBatches(0)) {
            DataSet clean = batch(50, 4);
            try (LossGradient first = byHand.lossGradient(batch.getFeatures(), batch.getLabels());
                    LossGradient second = byHand.lossGradient(clean.getFeatures(), clean.getLabels())) {
                Map<String, INDArray> sum = new HashMap<>();
                first.gradients()
                        .forEach((name, gradient) -> sum.put(
                                name, gradient.add(second.gradients().get(name).mul(weight))));
                optimizer.step(byHand.parameters(), sum, schedule.valueAt(step++, 0));
            }
        }
        byHand.parameters()
                .forEach((name, expected) -> assertArrayEquals(
                        expected.data().asFloat(),
                        trained.parameters().get(name).data().asFloat(),
                        1e-6f,
                        name));
    }

    @Test
    void resumesToTheSameBits() throws IOException {
        ImageModel uninterrupted = model();
        List<EpochRecord> history = trainer(uninterrupted).run();
        Path file = folder.resolve("state").resolve("checkpoint.bin");
        Trainer stopping = trainer(model()).checkpoint(file, "test").listener(new ProgressListener() {
            @Override
            public void epochDone(EpochRecord done, int epochs) {
                if (done.epoch() == 0) {
                    throw new IllegalStateException("power cut");
                }
            }
        });
        assertThrows(IllegalStateException.class, stopping::run);
        ImageModel resumed = model();
        List<EpochRecord> resumedHistory =
                trainer(resumed).checkpoint(file, "test").run();
        assertSameModel(uninterrupted, resumed);
        assertEquals(3, resumedHistory.size());
        for (int epoch = 0; epoch < 3; epoch++) {
            assertEquals(
                    history.get(epoch).trainLoss(), resumedHistory.get(epoch).trainLoss());
            assertEquals(
                    history.get(epoch).accuracy(), resumedHistory.get(epoch).accuracy());
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void aFinishedCheckpointLoadsToTheSameOutputs(Architecture architecture) throws IOException {
        Path file = folder.resolve("checkpoint.bin");
        ImageModel trained = model(architecture);
        List<EpochRecord> history = trainer(trained).checkpoint(file, "test").run();
        ImageModel loaded = model(architecture);
        assertEquals(history, trainer(loaded).checkpoint(file, "test").run());
        assertSameModel(trained, loaded);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aTrainedModelIsReadWithoutATraining() throws IOException {
        Path file = folder.resolve("checkpoint.bin");
        ImageModel trained = model();
        trainer(trained).checkpoint(file, "test").run();
        assertSameModel(
                trained, TrainedModel.read(file, builder(new SmallResNet(4)).withInputGradient()));
    }

    @Test
    void aTrainedModelOfAnotherNetworkIsRefused() throws IOException {
        Path file = folder.resolve("checkpoint.bin");
        trainer(model()).checkpoint(file, "test").run();
        for (Architecture other : List.of(new SmallResNet(5), new ResNet18(4))) {
            String message = assertThrows(IllegalArgumentException.class, () -> TrainedModel.read(file, builder(other)))
                    .getMessage();
            assertTrue(message.startsWith(file + " is of another network: the checkpoint has no parameter "), message);
        }
        Files.write(file, flipped(Files.readAllBytes(file)));
        assertThrows(FileSystemException.class, () -> TrainedModel.read(file, builder(new SmallResNet(4))));
    }

    @Test
    void fineTuningBeginsWithTheFeaturesOfAnother() throws IOException {
        Path file = folder.resolve("checkpoint.bin");
        ImageModel trained = model();
        trainer(trained).checkpoint(file, "test").run();
        ImageModel same = model();
        TrainedModel.fineTune(file, same);
        assertSameModel(trained, same);

        ImageModelBuilder other = ImageModel.builder()
                .architecture(new SmallResNet(4))
                .input(SHAPE.channels(), 20, 17)
                .classes(CLASSES + 1)
                .seed(9);
        ImageModel fineTuned = other.build();
        TrainedModel.fineTune(file, fineTuned);
        Map<String, INDArray> fresh = other.build().parameters();
        fineTuned.parameters().forEach((name, value) -> {
            INDArray expected = name.startsWith(ImageModel.LOGITS)
                    ? fresh.get(name)
                    : trained.parameters().get(name);
            assertArrayEquals(expected.data().asFloat(), value.data().asFloat(), name);
        });
        ImageModel wider = model(new SmallResNet(5));
        assertThrows(IllegalArgumentException.class, () -> TrainedModel.fineTune(file, wider));
    }

    @Test
    void refusesADamagedCheckpoint() throws IOException {
        Path file = folder.resolve("checkpoint.bin");
        trainer(model()).checkpoint(file, "test").run();
        byte[] bytes = Files.readAllBytes(file);
        for (byte[] damaged : List.of(flipped(bytes), Arrays.copyOf(bytes, bytes.length / 2), new byte[3])) {
            Files.write(file, damaged);
            assertThrows(
                    FileSystemException.class,
                    () -> trainer(model()).checkpoint(file, "test").run());
        }
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1;
        return flipped;
    }

    @Test
    void refusesACheckpointOfOtherSettings() throws IOException {
        Path file = folder.resolve("checkpoint.bin");
        trainer(model()).checkpoint(file, "test").run();
        Trainer other = new Trainer(model(), epoch -> twoBatches(epoch).iterator(), THREE_EPOCHS.withLearningRate(0.2))
                .checkpoint(file, "test");
        assertThrows(IllegalArgumentException.class, other::run);
    }

    @Test
    void tellsEveryStepAndMixesEveryBatch() throws IOException {
        List<String> told = new ArrayList<>();
        trainer(model())
                .mixer(new RecordingMixer(false, (epoch, step) -> told.add("mix " + epoch + " " + step), step -> 1))
                .listener(new ProgressListener() {
                    @Override
                    public void stepDone(int epoch, int step, int steps, double loss) {
                        told.add("step " + epoch + " " + step + " of " + steps);
                    }
                })
                .run();
        assertEquals(12, told.size());
        assertEquals(List.of("mix 0 0", "step 0 0 of 2", "mix 0 1", "step 0 1 of 2"), told.subList(0, 4));
        assertEquals(List.of("mix 2 0", "step 2 0 of 2", "mix 2 1", "step 2 1 of 2"), told.subList(8, 12));
    }

    @Test
    void anEpochHasTheStepsItSays() {
        Trainer short1 = new Trainer(model(), epoch -> List.of(batch(1, 4)).iterator(), THREE_EPOCHS);
        assertThrows(IllegalStateException.class, short1::run);
    }

    private static void assertSameModel(ImageModel expected, ImageModel actual) {
        expected.parameters()
                .forEach((name, value) -> assertArrayEquals(
                        value.data().asFloat(),
                        actual.parameters().get(name).data().asFloat(),
                        name));
        DataSet images = batch(5, 3);
        INDArray logits = expected.logits(images.getFeatures());
        assertArrayEquals(
                logits.data().asFloat(),
                actual.logits(images.getFeatures()).data().asFloat());
    }
}
