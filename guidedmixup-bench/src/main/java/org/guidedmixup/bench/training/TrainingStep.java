package org.guidedmixup.bench.training;

import java.util.Map;
import org.guidedmixup.bench.model.BatchMoments;
import org.guidedmixup.bench.model.ImageModel;
import org.guidedmixup.bench.model.LossGradient;
import org.nd4j.linalg.dataset.DataSet;

/** A step of training: the gradient of a batch, the optimizer's update, and the running statistics. For one thread. */
public final class TrainingStep {

    private final ImageModel model;
    private final NesterovSgd optimizer;
    private final CleanLoss cleanLoss;

    /**
     * Prepares the steps of one training.
     *
     * @param model     modified by every step
     * @param optimizer modified by every step
     */
    public TrainingStep(ImageModel model, NesterovSgd optimizer) {
        this(model, optimizer, new CleanLoss(0));
    }

    /**
     * Prepares the steps of one training with a second loss.
     *
     * @param model     modified by every step
     * @param optimizer modified by every step
     * @param cleanLoss its gradient, if there is one, is added to that of the batch
     */
    public TrainingStep(ImageModel model, NesterovSgd optimizer, CleanLoss cleanLoss) {
        this.model = model;
        this.optimizer = optimizer;
        this.cleanLoss = cleanLoss;
    }

    /**
     * Trains on a batch, with the mix points of the model as they are; they are at rest afterwards.
     *
     * @param batch features [N, C, H, W] and labels [N, K], N H W at least 2; not modified
     * @param rate  learning rate
     * @return loss before the step, mean over the batch
     */
    public double run(DataSet batch, double rate) {
        try (LossGradient gradient = model.lossGradient(batch.getFeatures(), batch.getLabels())) {
            cleanLoss.addTo(gradient.gradients());
            optimizer.step(model.parameters(), gradient.gradients(), rate);
            for (Map.Entry<String, BatchMoments> layer : gradient.moments().entrySet()) {
                BatchMoments measured = layer.getValue();
                model.runningStatistics()
                        .get(layer.getKey())
                        .update(measured.mean(), measured.variance(), measured.samples());
            }
            return gradient.loss();
        } finally {
            model.mixPoints().rest();
        }
    }
}
