#!/usr/bin/env bash
# Deeplearning4j 1.0.0-M2.1: dropout on the input of a convolution with channels last trains only forwards: the backward pass
# multiplies a gradient of one layout by a mask of the other and throws. Even Dropout(1.0), which drops nothing and which the
# Keras importer puts on every layer, does. With channels first it trains.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.deeplearning4j:deeplearning4j-nn:1.0.0-M2.1
seen 'NCHW, kept 1.0: trains
NCHW, kept 0.5: trains
NHWC, kept 1.0: Op [multiply] execution failed, from Dropout.backprop
NHWC, kept 0.5: Op [multiply] execution failed, from Dropout.backprop' <<'JAVA'
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
for (CNN2DFormat format : CNN2DFormat.values()) {
    for (double kept : new double[] {1, 0.5}) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).dataFormat(format).build())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).dataFormat(format).dropOut(new Dropout(kept)).build())
                .layer(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(8, 8, 3, format)).build());
        network.init();
        DataSet data = new DataSet(format == CNN2DFormat.NCHW ? Nd4j.rand(2, 3, 8, 8) : Nd4j.rand(2, 8, 8, 3), Nd4j.eye(2));
        String result = "trains";
        try {
            network.fit(data);
        } catch (RuntimeException e) {
            result = e.getMessage() + (e.getStackTrace()[1].getClassName().endsWith(".Dropout") ? ", from Dropout."
                    + e.getStackTrace()[1].getMethodName() : "");
        }
        say(format + ", kept " + kept + ": " + result);
    }
}
JAVA
