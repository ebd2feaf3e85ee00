package org.guidedmixup.dl4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.guidedmixup.dl4j.Batches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What goes through Spark's Kryo serializer, every class registered, comes back the same. */
class KryoTest {
    private static final SerializerInstance KRYO = new KryoSerializer(
                    SparkContexts.withKryo(new SparkConf(false)).set("spark.kryo.registrationRequired", "true"))
            .newInstance();

    static <T> T trip(T object) {
        ClassTag<T> kind = ClassTag$.MODULE$.apply(Object.class);
        return KRYO.deserialize(KRYO.serialize(object, kind), kind);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"UTF8", "COMPRESSED", "UNKNOWN"})
    void arraysOfEveryType(DataType type) {
        layouts(type).forEach(KryoTest::assertComesBack);
    }

    /** Views in parts, permuted, strided and broadcast; both orders; scalars and nothing at all. */
    private static Stream<INDArray> layouts(DataType type) {
        INDArray array = Nd4j.arange(-20, 40).reshape(3, 4, 5).castTo(type);
        INDArray whole = array.dup('c');
        return Stream.of(
                whole,
                array.dup('f'),
                whole.permute(2, 0, 1),
                array.dup('f').permute(1, 2, 0),
                array.get(NDArrayIndex.interval(1, 2), NDArrayIndex.all(), NDArrayIndex.all()),
                array.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all(), NDArrayIndex.interval(1, 4)),
                array.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 4), NDArrayIndex.all()),
                array.get(NDArrayIndex.point(1)),
                array.get(NDArrayIndex.point(1)).transpose(),
                Nd4j.create(whole.data(), new long[] {6, 5}, new long[] {0, 1}, 0, 'c'),
                Nd4j.scalar(type, 3),
                Nd4j.empty(type),
                Nd4j.create(type, 0, 3));
    }

    private static void assertComesBack(INDArray array) {
        INDArray read = trip(array);
        String name = array.dataType() + " " + array.shapeInfoToString();
        assertEquals(array.dataType(), read.dataType(), name);
        assertArrayEquals(array.shape(), read.shape(), name);
        assertEquals(array.ordering(), read.ordering(), name);
        assertEquals(array.isEmpty(), read.isEmpty(), name);
        if (!array.isEmpty()) {
            assertArrayEquals(
                    array.dup('c').data().asDouble(), read.dup('c').data().asDouble(), name);
        }
    }

    /** More than one chunk of bytes, and the same bits. */
    @Test
    void largeArrays() {
        INDArray array = Nd4j.rand(DataType.FLOAT, 100_003);
        array.putScalar(77_777, Float.NaN);
        INDArray read = trip(array);
        assertArrayEquals(array.data().asFloat(), read.data().asFloat());
        INDArray tail = array.get(NDArrayIndex.interval(30_001, 100_003));
        assertArrayEquals(tail.dup().data().asFloat(), trip(tail).data().asFloat());
    }

    @Test
    void strings() {
        for (INDArray array : List.of(
                Nd4j.create("a", "", "b é"), Nd4j.create(List.of("a", "", "b é", "d"), 2, 2), Nd4j.scalar("alone"))) {
            INDArray read = trip(array);
            assertArrayEquals(array.shape(), read.shape());
            for (int i = 0; i < array.length(); i++) {
                assertEquals(array.getString(i), read.getString(i));
            }
        }
    }

    @Test
    void whatIsRefused() {
        INDArray strings = Nd4j.create(List.of("a", "b", "c", "d"), 2, 2);
        for (INDArray view : List.of(strings.getRow(1), strings.getColumn(0), strings.transpose())) {
            assertMessage("type UTF8", view);
        }
        INDArray compressed = Nd4j.getCompressor().compress(Nd4j.ones(100), "GZIP");
        assertMessage("decompress it first", compressed);
    }

    private static void assertMessage(String part, INDArray array) {
        Throwable thrown = assertThrows(IllegalArgumentException.class, () -> trip(array));
        assertTrue(thrown.getMessage().contains(part), thrown::getMessage);
    }

    /** An array that is read while a workspace is open stays when it closes. */
    @Test
    void readOutsideOfWorkspaces() {
        INDArray read;
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("KryoTest")) {
            read = trip(Nd4j.ones(3));
            assertTrue(!read.isAttached(), "attached to the workspace");
        }
        assertEquals(3, read.sumNumber().intValue());
    }

    @Test
    @SuppressWarnings("deprecation")
    void dataSets() {
        DataSet data = Batches.batch(4, 1);
        data.setLabels(data.getFeatures()); // an autoencoder's
        data.setFeaturesMaskArray(Nd4j.ones(4, 1));
        data.setLabelNames(List.of("a", "b"));
        data.setColumnNames(List.of("c"));
        data.setExampleMetaData(List.of(1, "two", new int[0].length));
        DataSet read = trip(data);
        assertEquals(data, read);
        assertSame(read.getFeatures(), read.getLabels());
        assertEquals(Nd4j.ones(4, 1), read.getFeaturesMaskArray());
        assertNull(read.getLabelsMaskArray());
        assertEquals(List.of("a", "b"), read.getLabelNamesList());
        assertEquals(List.of("c"), read.getColumnNames());
        assertEquals(List.of(1, "two", new int[0].length), read.getExampleMetaData());

        DataSet empty = trip(new DataSet());
        assertNull(empty.getFeatures());
        assertEquals(List.of(), empty.getLabelNamesList());
        assertNull(empty.getExampleMetaData());
    }

    @Test
    void multiDataSets() {
        MultiDataSet data = new MultiDataSet(
                new INDArray[] {Nd4j.rand(2, 3), Nd4j.rand(2, 3, 4).permute(0, 2, 1)},
                new INDArray[] {Nd4j.rand(2, 5)},
                null,
                new INDArray[] {null});
        data.setExampleMetaData(List.of("x"));
        MultiDataSet read = trip(data);
        assertEquals(Arrays.asList(data.getFeatures()), Arrays.asList(read.getFeatures()));
        assertEquals(Arrays.asList(data.getLabels()), Arrays.asList(read.getLabels()));
        assertNull(read.getFeaturesMaskArrays());
        assertArrayEquals(new INDArray[] {null}, read.getLabelsMaskArrays());
        assertEquals(List.of("x"), read.getExampleMetaData());
    }
}
