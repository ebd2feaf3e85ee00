#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: Nd4j.image.nonMaxSuppression ignores the overlap threshold: two boxes that overlap by 0.81 are both kept at
# a threshold of 0.5, or 0. The operation non_max_suppression_v3 on the same boxes drops one.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'threshold 0.0: [ 1, 2, 0]
threshold 0.5: [ 1, 2, 0]
threshold 0.9: [ 1, 2, 0]
non_max_suppression_v3, threshold 0.5: [ 1, 2]' <<'JAVA'
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
INDArray boxes = Nd4j.createFromArray(new float[][] {{0, 0, 1, 1}, {0, 0, 0.9f, 0.9f}, {2, 2, 3, 3}});
INDArray scores = Nd4j.createFromArray(0.5f, 0.9f, 0.7f);
for (double threshold : new double[] {0, 0.5, 0.9}) {
    say("threshold " + threshold + ": " + Nd4j.image.nonMaxSuppression(boxes, scores, 3, threshold, 0));
}
INDArray kept = Nd4j.exec(DynamicCustomOp.builder("non_max_suppression_v3")
        .addInputs(boxes, scores, Nd4j.scalar(3), Nd4j.scalar(0.5f), Nd4j.scalar(0f)).build())[0];
say("non_max_suppression_v3, threshold 0.5: " + kept);
JAVA
