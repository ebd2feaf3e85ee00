package org.guidedmixup.bench.model;

import org.nd4j.autodiff.samediff.SDVariable;

/** A network from images to class scores. The same code builds it twice, for training and for inference. */
public interface Architecture {

    /** Returns the name on a command line and in a table, such as {@code small-resnet}. */
    String name();

    /**
     * Adds the network to a graph.
     *
     * @param layers  the graph, as layers
     * @param images  the images
     * @param classes number of classes K
     * @return logits, [N, K], of a layer named {@value ImageModel#LOGITS}
     */
    SDVariable logits(Layers layers, FeatureMaps images, int classes);
}
