package org.guidedmixup.dl4j.example;

import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_TRUNC;
import static org.bytedeco.hdf5.global.hdf5.H5S_SCALAR;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.hdf5.Attribute;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.DataSpace;
import org.bytedeco.hdf5.Group;
import org.bytedeco.hdf5.H5File;
import org.bytedeco.hdf5.H5Object;
import org.bytedeco.hdf5.PredType;
import org.bytedeco.hdf5.StrType;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes what {@code model.save("stripes.h5")} of Keras 2 would: a small convolutional network, channels last. */
final class KerasFile {
    private static final String LAYER = "{'class_name':'%s','config':{'name':'%s',%s}}";
    private static final String TRAINED =
            "'activation':'%s','use_bias':true,'kernel_initializer':{'class_name':'GlorotUniform','config':{}},"
                    + "'bias_initializer':{'class_name':'Zeros','config':{}},'kernel_regularizer':null,"
                    + "'bias_regularizer':null,'activity_regularizer':null,'kernel_constraint':null,"
                    + "'bias_constraint':null";

    private KerasFile() {}

    /** A network for {@link Stripes}: Conv2D, Flatten, perhaps Dropout of a quarter, Dense. */
    static void write(Path path, boolean dropout) {
        List<String> layers =
                dropout ? List.of("conv", "flatten", "dropout", "dense") : List.of("conv", "flatten", "dense");
        H5File file = new H5File(path.toString(), H5F_ACC_TRUNC);
        text(file, "model_config", model(layers));
        text(
                file,
                "training_config",
                json(
                        "{'loss':'categorical_crossentropy','metrics':['accuracy'],'optimizer_config':{'class_name':'Adam',"
                                + "'config':{'learning_rate':0.01,'decay':0.0,'beta_1':0.9,'beta_2':0.999,'epsilon':1e-07}}}"));
        text(file, "keras_version", "2.4.0");
        text(file, "backend", "tensorflow");
        Group weights = file.createGroup("model_weights");
        text(weights, "keras_version", "2.4.0");
        text(weights, "backend", "tensorflow");
        texts(weights, "layer_names", layers);
        for (String layer : layers) {
            Group group = weights.createGroup(layer);
            switch (layer) {
                case "conv" ->
                    parameters(
                            group, layer, Nd4j.randn(DataType.FLOAT, 3, 3, 1, 8).muli(0.3), 8);
                case "dense" ->
                    parameters(group, layer, Nd4j.randn(DataType.FLOAT, 800, 2).muli(0.05), 2);
                default -> text(group, "weight_names", "");
            }
            group.close();
        }
        weights.close();
        file.close();
    }

    private static String model(List<String> layers) {
        return layers.stream()
                .map(KerasFile::layer)
                .collect(Collectors.joining(
                        ",",
                        json("{'class_name':'Sequential','config':{'name':'stripes','layers':["),
                        json("]},'keras_version':'2.4.0','backend':'tensorflow'}")));
    }

    private static String layer(String name) {
        return json(
                switch (name) {
                    case "conv" ->
                        LAYER.formatted(
                                "Conv2D",
                                name,
                                "'batch_input_shape':[null,12,12,1],'dtype':'float32','filters':8,'kernel_size':[3,3],"
                                        + "'strides':[1,1],'padding':'valid','data_format':'channels_last','dilation_rate':[1,1],"
                                        + TRAINED.formatted("relu"));
                    case "flatten" -> LAYER.formatted("Flatten", name, "'data_format':'channels_last'");
                    case "dropout" -> LAYER.formatted("Dropout", name, "'rate':0.25,'noise_shape':null,'seed':null");
                    default -> LAYER.formatted("Dense", name, "'units':2," + TRAINED.formatted("softmax"));
                });
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static void parameters(Group layer, String name, INDArray kernel, int biases) {
        texts(layer, "weight_names", List.of(name + "/kernel:0", name + "/bias:0"));
        Group group = layer.createGroup(name);
        array(group, "kernel:0", kernel);
        array(group, "bias:0", Nd4j.zeros(DataType.FLOAT, biases));
        group.close();
    }

    private static void array(Group group, String name, INDArray values) {
        DataSpace space = new DataSpace(values.rank(), values.shape());
        DataSet data = group.createDataSet(name, new org.bytedeco.hdf5.DataType(PredType.IEEE_F32LE()), space);
        data.write(new FloatPointer(values.data().asFloat()), new org.bytedeco.hdf5.DataType(PredType.NATIVE_FLOAT()));
        data.close();
    }

    private static void text(H5Object object, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        attribute(object, name, Math.max(1, bytes.length), new DataSpace(H5S_SCALAR), new BytePointer(value));
    }

    /** Writes strings of one length, padded with zeros. */
    private static void texts(H5Object object, String name, List<String> values) {
        int length = values.stream().mapToInt(String::length).max().orElseThrow() + 1;
        byte[] bytes = new byte[length * values.size()];
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(value, 0, bytes, i * length, value.length);
        }
        attribute(object, name, length, new DataSpace(1, new long[] {values.size()}), new BytePointer(bytes));
    }

    private static void attribute(H5Object object, String name, int length, DataSpace space, BytePointer value) {
        StrType type = new StrType(PredType.C_S1(), length);
        Attribute attribute = object.createAttribute(name, type, space);
        attribute.write(type, value);
        attribute.close();
    }
}
