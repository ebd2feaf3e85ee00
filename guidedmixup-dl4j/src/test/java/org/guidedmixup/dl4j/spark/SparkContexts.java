package org.guidedmixup.dl4j.spark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark in the test's own process, or with executors in processes of their own. */
public final class SparkContexts {
    private SparkContexts() {}

    public static JavaSparkContext local() {
        return new JavaSparkContext(configuration("local[2]"));
    }

    /** As {@link #local}, with Kryo as serializer and every class registered that it meets. */
    public static JavaSparkContext localWithKryo() {
        return new JavaSparkContext(withKryo(configuration("local[2]")).set("spark.kryo.registrationRequired", "true"));
    }

    static SparkConf withKryo(SparkConf configuration) {
        return configuration
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrator", MixupKryoRegistrator.class.getName());
    }

    /**
     * A cluster of two workers with one executor process each, started from the test's class path, with Kryo as serializer.
     *
     * @param home an empty folder that stands for the Spark installation
     */
    static JavaSparkContext cluster(Path home) {
        return cluster(home, "");
    }

    /**
     * As {@link #cluster(Path)}.
     *
     * @param home an empty folder that stands for the Spark installation
     * @param executorOptions what the executors' JVMs are started with besides
     */
    static JavaSparkContext cluster(Path home, String executorOptions) {
        try {
            Files.createDirectories(home.resolve("jars"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty("spark.testing", "true");
        System.setProperty("spark.test.home", home.toString());
        return new JavaSparkContext(withKryo(configuration("local-cluster[2,1,1024]"))
                .set("spark.executor.memory", "1g")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set(
                        "spark.executor.extraJavaOptions",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error " + executorOptions)
                .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.12")
                .set("spark.executorEnv.OMP_WAIT_POLICY", "passive")
                .set("spark.executorEnv.OMP_NUM_THREADS", "1"));
    }

    private static SparkConf configuration(String master) {
        assumeTrue(
                Runtime.version().feature() < 24,
                "Spark 3.5 does not start on JDK 24 and newer: its Hadoop needs Subject.getSubject, which is gone");
        return new SparkConf()
                .setMaster(master)
                .setAppName("GuidedMixup tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1");
    }
}
