#!/usr/bin/env bash
# Deeplearning4j 1.0.0-M2.1: FrozenLayer hands back no gradient, so that calculateGradients throws about a leaked workspace;
# FrozenLayerWithBackprop does it for a dense layer, but throws in fit over a BatchNormalization.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.deeplearning4j:deeplearning4j-nn:1.0.0-M2.1
seen 'dense: input gradient and fit work
FrozenLayer(dense): ND4JWorkspaceException, Cannot detach INDArray: Array uses leaked workspace pointer
FrozenLayerWithBackprop(dense): input gradient and fit work
batch normalisation: input gradient and fit work
FrozenLayerWithBackprop(batch normalisation): ND4JIllegalStateException, Op [pow] X argument uses outdated workspace pointer' <<'JAVA'
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
Layer dense = new DenseLayer.Builder().nIn(3).nOut(3).build();
Layer norm = new BatchNormalization.Builder().nIn(3).nOut(3).build();
record Case(String name, Layer layer) {}
for (Case c : new Case[] {
    new Case("dense", dense), new Case("FrozenLayer(dense)", new FrozenLayer(dense)),
    new Case("FrozenLayerWithBackprop(dense)", new FrozenLayerWithBackprop(dense)),
    new Case("batch normalisation", norm), new Case("FrozenLayerWithBackprop(batch normalisation)", new FrozenLayerWithBackprop(norm))
}) {
    MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().list().layer(c.layer)
            .layer(new DenseLayer.Builder().nIn(3).nOut(3).build())
            .layer(new OutputLayer.Builder().nIn(3).nOut(2).activation(Activation.SOFTMAX).build()).build());
    network.init();
    INDArray in = Nd4j.rand(2, 3);
    String result = "input gradient and fit work";
    try {
        network.calculateGradients(in, Nd4j.eye(2), null, null).getSecond().sumNumber();
        network.fit(in, Nd4j.eye(2));
    } catch (RuntimeException e) {
        result = e.getClass().getSimpleName() + ", " + e.getMessage().replaceAll("(?s)(workspace pointer).*", "$1");
    }
    say(c.name + ": " + result);
}
JAVA
