package org.guidedmixup.dl4j.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.guidedmixup.method.CutMix;
import org.guidedmixup.method.InputMixup;
import org.guidedmixup.method.SaliencyMix;
import org.guidedmixup.method.augmix.AugMix;
import org.guidedmixup.method.augmix.AugMixPlan;
import org.guidedmixup.method.comixup.CoMixup;
import org.guidedmixup.method.puzzle.PuzzleMix;
import org.guidedmixup.method.puzzle.PuzzlePlan;
import org.guidedmixup.method.snapmix.SnapMix;
import org.guidedmixup.method.snapmix.SnapMixPlan;
import org.guidedmixup.plan.BoxPlan;
import org.guidedmixup.plan.MaskPlan;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;
import org.guidedmixup.plan.MosaicPlan;
import org.guidedmixup.plan.SequencePlan;
import org.guidedmixup.plan.UnmixedPlan;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import scala.reflect.ClassTag$;

/**
 * Registers ND4J's arrays and the classes of mixing with Spark's Kryo serializer; without it, arrays come back broken:
 *
 * <pre>{@code
 * new SparkConf()
 *     .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
 *     .set("spark.kryo.registrator", "org.guidedmixup.dl4j.spark.MixupKryoRegistrator")
 *     .set("spark.kryoserializer.buffer.max", "512m");
 * }</pre>
 *
 * <p>INDArrays of every numeric type, BOOL and UTF8, including views, come back with the same values, shape and order; views
 * become arrays of their own. Compressed arrays and views of strings are refused with an IllegalArgumentException. DataSets and
 * MultiDataSets keep masks, names and metadata. Mixers and plans, with their parts, are written by Java's serialisation
 * within Kryo's. Everything is registered, so {@code spark.kryo.registrationRequired} may be true.
 *
 * <p>Numbers are written in the byte order of the processor. Every process needs an ND4J backend.
 */
public final class MixupKryoRegistrator implements KryoRegistrator {

    /** Makes a registrator; Spark calls this by reflection. */
    public MixupKryoRegistrator() {}

    /**
     * Registers the classes.
     *
     * @param kryo the serializer. Modified.
     */
    @Override
    public void registerClasses(Kryo kryo) {
        ArraySerializer arrays = new ArraySerializer();
        kryo.addDefaultSerializer(INDArray.class, arrays);
        kryo.register(Nd4j.getBackend().getNDArrayClass(), arrays);
        kryo.register(DataSet.class, new DataSetSerializer(arrays));
        kryo.register(MultiDataSet.class, new MultiDataSetSerializer(arrays));
        List.of(INDArray[].class, DataSet[].class, MultiDataSet[].class).forEach(kryo::register);
        // Spark's own groupByKey sends this class but does not register it.
        kryo.register(ClassTag$.MODULE$.Object().getClass(), new JavaSerializer());

        // This covers users' own mixers and plans, too, if registration is not required.
        kryo.addDefaultSerializer(BatchMixer.class, JavaSerializer.class);
        kryo.addDefaultSerializer(MixPlan.class, JavaSerializer.class);
        mixersAndPlans().forEach(kind -> kryo.register(kind, new JavaSerializer()));
    }

    private static List<Class<?>> mixersAndPlans() {
        BatchMixer any = InputMixup.builder().build();
        return List.of(
                GuidedMixup.class,
                InputMixup.class,
                CutMix.class,
                SaliencyMix.class,
                PuzzleMix.class,
                CoMixup.class,
                AugMix.class,
                SnapMix.class,
                any.then(any).getClass(),
                MixedBatch.class,
                UnmixedPlan.class,
                MaskPlan.class,
                BoxPlan.class,
                MosaicPlan.class,
                SequencePlan.class,
                PuzzlePlan.class,
                AugMixPlan.class,
                SnapMixPlan.class,
                ManifoldPlan.class);
    }
}
