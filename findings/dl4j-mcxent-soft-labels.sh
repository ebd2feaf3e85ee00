#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: softmax with LossMCXENT has the gradient p - y, which is right only for label rows that sum to 1. For other
# rows it is not the gradient of the score that the same object computes, unless class weights are given, even weights of 1.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'labels that sum to 1: gradient [[ -0.1994, -0.1678, 0.3672]], with weights of 1 [[ -0.1994, -0.1678, 0.3672]], by differences [-0.20, -0.17, 0.37]
labels that sum to 0.75: gradient [[ -0.1994, 0.0822, 0.3672]], with weights of 1 [[ -0.2745, -0.0008, 0.2754]], by differences [-0.27, 0.00, 0.28]' <<'JAVA'
import java.util.Locale;
import java.util.StringJoiner;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
IActivation softmax = new ActivationSoftmax();
INDArray in = Nd4j.createFromArray(0.1f, 0.2f, 0.3f).reshape(1, 3);
for (float second : new float[] {0.5f, 0.25f}) {
    INDArray labels = Nd4j.createFromArray(0.5f, second, 0f).reshape(1, 3);
    StringJoiner differences = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < 3; i++) {
        INDArray above = in.dup().putScalar(0, i, in.getFloat(i) + 0.01f);
        INDArray below = in.dup().putScalar(0, i, in.getFloat(i) - 0.01f);
        double slope = (new LossMCXENT().computeScore(labels, above, softmax, null, false)
                - new LossMCXENT().computeScore(labels, below, softmax, null, false)) / 0.02;
        differences.add(String.format(Locale.ROOT, "%.2f", slope + 0.0).replace("-0.00", "0.00"));
    }
    say("labels that sum to " + (second == 0.5f ? "1" : "0.75") + ": gradient "
            + new LossMCXENT().computeGradient(labels, in.dup(), softmax, null) + ", with weights of 1 "
            + new LossMCXENT(Nd4j.ones(1, 3)).computeGradient(labels, in.dup(), softmax, null) + ", by differences " + differences);
}
JAVA
