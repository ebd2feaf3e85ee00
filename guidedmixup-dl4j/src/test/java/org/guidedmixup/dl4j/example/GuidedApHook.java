package org.guidedmixup.dl4j.example;

import org.apache.spark.TaskContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingHook;
import org.guidedmixup.BatchMixer;
import org.guidedmixup.GuidedMixup;
import org.guidedmixup.dl4j.saliency.GradientSaliency;
import org.guidedmixup.plan.MixedBatch;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Mixes every batch that an executor trains on with Guided-AP, just before the step, with the network that takes the step. */
final class GuidedApHook implements TrainingHook {
    private static final long serialVersionUID = 1L;

    private final double mixProbability;
    private final long seed;

    GuidedApHook(double mixProbability, long seed) {
        this.mixProbability = mixProbability;
        this.seed = seed;
    }

    @Override
    public void preUpdate(DataSet data, Model model) {
        MultiLayerNetwork network = (MultiLayerNetwork) model;
        BatchMixer mixer = GuidedMixup.builder()
                .saliency(GradientSaliency.of(network))
                .mixProbability(mixProbability)
                .seed(seed + TaskContext.getPartitionId())
                .build();
        MixedBatch mixed = mixer.plan(
                        data.getFeatures(), data.getLabels(), network.getEpochCount(), network.getIterationCount())
                .apply(data.getFeatures(), data.getLabels());
        data.setFeatures(mixed.images());
        data.setLabels(mixed.labels());
    }

    @Override
    public void postUpdate(DataSet data, Model model) {}

    @Override
    public void preUpdate(MultiDataSet data, Model model) {
        throw new UnsupportedOperationException("data: expected DataSets, got a MultiDataSet");
    }

    @Override
    public void postUpdate(MultiDataSet data, Model model) {}
}
