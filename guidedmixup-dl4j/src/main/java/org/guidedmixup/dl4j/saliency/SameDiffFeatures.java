package org.guidedmixup.dl4j.saliency;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The last feature maps of a SameDiff graph, computed in a session of their own. */
final class SameDiffFeatures implements LastFeatures {
    private final SameDiff graph;
    private final String images;
    private final SameDiffHead head;
    private final DetectorSession session = new DetectorSession();

    SameDiffFeatures(SameDiff graph, String imagePlaceholder, SameDiffHead head) {
        this.graph = graph;
        this.images = imagePlaceholder;
        this.head = head;
        if (imagePlaceholder == null
                || !graph.hasVariable(imagePlaceholder)
                || !graph.getVariable(imagePlaceholder).isPlaceHolder()) {
            throw new IllegalArgumentException("imagePlaceholder \"" + imagePlaceholder
                    + "\": expected one of the graph's placeholders, " + graph.inputs());
        }
        requireVariable("featureMaps", head.features());
        requireVariable("weights", head.weights());
    }

    private void requireVariable(String parameter, String name) {
        if (name == null || !graph.hasVariable(name)) {
            throw new IllegalArgumentException(
                    parameter + " \"" + name + "\": expected a variable of the graph, found none");
        }
    }

    @Override
    public Object network() {
        return graph;
    }

    @Override
    public NetworkInput input() {
        return NetworkInput.of(graph, images);
    }

    @Override
    public INDArray map(INDArray imageBatch, DataFormat imageFormat, BinaryOperator<INDArray> use) {
        // Cast here, because a session closes any array that it has to cast.
        INDArray typed = imageBatch.castTo(graph.getVariable(images).dataType());
        Map<String, INDArray> placeholders = Map.of(images, typed);
        DataFormat format = head.format().orElse(imageFormat);
        List<String> wanted = List.of(head.features(), head.weights());
        return session.compute(graph, wanted, placeholders, values -> used(values, format, use));
    }

    private INDArray used(Map<String, INDArray> values, DataFormat format, BinaryOperator<INDArray> use) {
        INDArray features = LastFeatures.channelsFirst(values.get(head.features()), format);
        return use.apply(features, values.get(head.weights()));
    }
}
