package org.guidedmixup.dl4j.saliency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The gradient from the gradient function of a SameDiff graph, run in a session of its own. */
final class SameDiffGradient implements InputGradient {
    private static final String GRADIENT_FUNCTION = "grad";

    private final SameDiff graph;
    private final String images;
    private final String labels;

    /** Gets the gradients of the parameters from the same pass; null if not wanted. */
    private final Consumer<Map<String, INDArray>> parameterGradients;

    private final DetectorSession session = new DetectorSession();

    SameDiffGradient(SameDiff graph, String images, String labels) {
        this(graph, images, labels, null);
    }

    SameDiffGradient(SameDiff graph, String images, String labels, Consumer<Map<String, INDArray>> parameterGradients) {
        this.graph = graph;
        this.images = images;
        this.labels = labels;
        this.parameterGradients = parameterGradients;
        requirePlaceholder("imagePlaceholder", images, "images");
        requirePlaceholder("labelPlaceholder", labels, "one-hot or soft labels; class indices cannot be mixed");
        SupportedLayers.requireSoftLabels(graph, labels);
        requireInputGradient();
    }

    private void requirePlaceholder(String parameter, String name, String wanted) {
        if (name == null || !graph.hasVariable(name) || !graph.getVariable(name).isPlaceHolder()) {
            throw new IllegalArgumentException(
                    parameter + " \"" + name + "\": expected one of the graph's placeholders, " + graph.inputs());
        }
        SDVariable variable = graph.getVariable(name);
        if (!variable.dataType().isFPType()) {
            throw new IllegalArgumentException(parameter + " \"" + name + "\" " + variable.dataType()
                    + ": expected a floating-point placeholder for " + wanted);
        }
    }

    /**
     * Creates the gradient function if there is none, as before the first training and after freezing or new loss variables, or
     * if it was created without the images. A training run in progress continues with the one it began with: both are functions
     * of the same arrays.
     */
    private String requireInputGradient() {
        if (graph.hasGradientFunction() && graph.getVariable(images).getGradient() == null) {
            String[] wanted = Stream.concat(Stream.of(images), withGradients()).toArray(String[]::new);
            graph.setLossVariables(graph.getLossVariables().toArray(new String[0]));
            graph.createGradFunction(wanted);
        } else if (!graph.hasGradientFunction()) {
            graph.createGradFunction(images);
        }
        SDVariable gradient = graph.getVariable(images).getGradient();
        if (gradient == null) {
            throw new IllegalStateException("the loss " + graph.getLossVariables() + " does not depend on \"" + images
                    + "\" in a way that has a gradient; name the placeholder of the images, and set the loss variables to "
                    + "variables computed from it");
        }
        return gradient.name();
    }

    /** Returns the variables other than the parameters that have a gradient. */
    private Stream<String> withGradients() {
        return graph.variables().stream()
                .filter(variable -> variable.getVariableType() != VariableType.VARIABLE
                        && variable.dataType().isFPType()
                        && variable.getGradient() != null
                        && !graph.getLossVariables().contains(variable.name()))
                .map(SDVariable::name);
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
    public INDArray map(INDArray imageBatch, INDArray labelBatch, UnaryOperator<INDArray> use) {
        String gradient = requireInputGradient();
        requireSize(imageBatch);
        Map<String, INDArray> placeholders = new HashMap<>();
        addOthers(placeholders);
        placeholders.put(images, imageBatch);
        placeholders.put(labels, labelBatch);
        List<String> wanted = new ArrayList<>(List.of(gradient));
        if (parameterGradients != null) {
            wanted.addAll(parameterGradientNames());
        }
        return session.compute(
                graph.getFunction(GRADIENT_FUNCTION), wanted, placeholders, values -> used(values, gradient, use));
    }

    private INDArray used(Map<String, INDArray> values, String gradient, UnaryOperator<INDArray> use) {
        if (parameterGradients != null) {
            Map<String, INDArray> ofParameters = new HashMap<>(values);
            ofParameters.remove(gradient);
            parameterGradients.accept(ofParameters);
        }
        return use.apply(values.get(gradient));
    }

    /** Returns the gradient names of all variables that fit() trains. */
    private List<String> parameterGradientNames() {
        return graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                .map(SDVariable::getGradient)
                .filter(Objects::nonNull)
                .map(SDVariable::name)
                .toList();
    }

    private void requireSize(INDArray imageBatch) {
        long[] taken = graph.getVariable(images).placeholderShape();
        boolean fits = taken == null || taken.length != imageBatch.rank();
        if (!fits) {
            fits = true;
            for (int i = 1; i < taken.length; i++) {
                fits &= taken[i] < 0 || taken[i] == imageBatch.size(i);
            }
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "images " + Arrays.toString(imageBatch.shape()) + ": expected " + Arrays.toString(taken)
                            + " for placeholder \"" + images
                            + "\"; a network for images of any size, which a saliencyScale above 1 needs, has -1 for height and width");
        }
    }

    private void addOthers(Map<String, INDArray> placeholders) {
        TrainingConfig config = graph.getTrainingConfig();
        if (config == null) {
            return;
        }
        if (isUsed(config.getDataSetFeatureMaskMapping())) {
            throw new IllegalArgumentException(
                    "features masks: expected none in the training configuration of a graph for gradient saliency");
        }
        addWeights(placeholders, config);
        addOthers(placeholders, config.getDataSetFeatureMapping(), i -> others(config)
                .getFeatures(i));
        addOthers(placeholders, config.getDataSetLabelMapping(), i -> others(config)
                .getLabels(i));
    }

    /** Adds the weight of each image in the loss. */
    private static void addWeights(Map<String, INDArray> placeholders, TrainingConfig config) {
        List<String> names = config.getDataSetLabelMaskMapping();
        for (int i = 0; names != null && i < names.size(); i++) {
            if (names.get(i) != null) {
                placeholders.put(names.get(i), others(config).getLabelsMaskArray(i));
            }
        }
    }

    private void addOthers(Map<String, INDArray> placeholders, List<String> names, IntFunction<INDArray> arrays) {
        for (int i = 0; names != null && i < names.size(); i++) {
            if (!names.get(i).equals(images) && !names.get(i).equals(labels)) {
                placeholders.put(names.get(i), arrays.apply(i));
            }
        }
    }

    private static MultiDataSet others(TrainingConfig config) {
        return WholeBatch.current(
                "features " + config.getDataSetFeatureMapping() + ", labels " + config.getDataSetLabelMapping());
    }

    private static boolean isUsed(List<String> masks) {
        return masks != null && masks.stream().anyMatch(Objects::nonNull);
    }
}
