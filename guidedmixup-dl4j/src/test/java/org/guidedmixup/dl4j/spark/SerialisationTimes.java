package org.guidedmixup.dl4j.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.guidedmixup.GuidedMixup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * What it takes Spark's two serializers to write and read an ImageNet batch, and the plan that mixes it. No test: it runs only
 * with {@code -Dmeasure=true}, and prints megabytes and medians of milliseconds.
 */
class SerialisationTimes {
    private static final int RUNS = 15;
    private static final int COUNTED = 9;

    @Test
    @EnabledIfSystemProperty(named = "measure", matches = "true")
    void javaAndKryo() {
        SparkConf configuration =
                SparkContexts.withKryo(new SparkConf(false)).set("spark.kryoserializer.buffer.max", "512m");
        DataSet batch = new DataSet(Nd4j.rand(DataType.FLOAT, 64, 3, 224, 224), Nd4j.rand(DataType.FLOAT, 64, 1000));
        Object plan = GuidedMixup.builder().mixProbability(1).build().plan(batch.getFeatures(), batch.getLabels());
        for (Object object : new Object[] {batch, plan}) {
            measure("Java", new JavaSerializer(configuration).newInstance(), object);
            measure("Kryo", new KryoSerializer(configuration).newInstance(), object);
        }
    }

    private static void measure(String name, SerializerInstance serializer, Object object) {
        ClassTag<Object> kind = ClassTag$.MODULE$.Object();
        double[] write = new double[RUNS];
        double[] read = new double[RUNS];
        int size = 0;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            ByteBuffer bytes = serializer.serialize(object, kind);
            long written = System.nanoTime();
            size = bytes.remaining();
            serializer.deserialize(bytes, kind);
            read[run] = (System.nanoTime() - written) / 1e6;
            write[run] = (written - start) / 1e6;
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%s, %s: %.2f MB, written in %.0f ms, read in %.0f ms",
                object.getClass().getSimpleName(),
                name,
                size / 1e6,
                median(write),
                median(read)));
    }

    /** Of the last runs, when all is compiled. */
    private static double median(double[] milliseconds) {
        double[] last = Arrays.copyOfRange(milliseconds, RUNS - COUNTED, RUNS);
        Arrays.sort(last);
        return last[COUNTED / 2];
    }
}
