package org.guidedmixup.dl4j.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.protobuf.ByteString;

/** Writes what {@code torch.onnx.export} makes of Conv2d, ReLU, Flatten and Linear, for {@link Stripes}. */
final class OnnxFile {
    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

    private OnnxFile() {}

    static void write(Path path) throws IOException {
        GraphProto graph = GraphProto.newBuilder()
                .setName("stripes")
                .addInput(value("input", -1, 1, 12, 12))
                .addOutput(value("logits", -1, 2))
                .addInitializer(
                        tensor("filters", Nd4j.randn(DataType.FLOAT, 8, 1, 3, 3).muli(0.3)))
                .addInitializer(tensor("filterBias", Nd4j.zeros(DataType.FLOAT, 8)))
                .addInitializer(
                        tensor("weights", Nd4j.randn(DataType.FLOAT, 2, 800).muli(0.05)))
                .addInitializer(tensor("bias", Nd4j.zeros(DataType.FLOAT, 2)))
                .addNode(node("Conv", "conv", "input", "filters", "filterBias")
                        .addAttribute(integers("kernel_shape", 3, 3))
                        .addAttribute(integers("strides", 1, 1))
                        .addAttribute(integers("pads", 0, 0, 0, 0))
                        .addAttribute(integers("dilations", 1, 1))
                        .addAttribute(integer("group", 1)))
                .addNode(node("Relu", "relu", "conv"))
                .addNode(node("Flatten", "features", "relu").addAttribute(integer("axis", 1)))
                .addNode(node("Gemm", "logits", "features", "weights", "bias")
                        .addAttribute(number("alpha", 1))
                        .addAttribute(number("beta", 1))
                        .addAttribute(integer("transA", 0))
                        .addAttribute(integer("transB", 1)))
                .build();
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
        Files.write(path, model.toByteArray());
    }

    private static NodeProto.Builder node(String operation, String output, String... inputs) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operation).setName(output).addOutput(output);
        for (String input : inputs) {
            node.addInput(input);
        }
        return node;
    }

    private static TensorProto tensor(String name, INDArray values) {
        ByteBuffer bytes =
                ByteBuffer.allocate((int) values.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values.data().asFloat());
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(FLOAT)
                .setRawData(ByteString.copyFrom(bytes.array()));
        for (long size : values.shape()) {
            tensor.addDims(size);
        }
        return tensor.build();
    }

    /** Returns a tensor of these sizes; a negative size is named N and may be any. */
    private static ValueInfoProto value(String name, long... shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (long size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            sizes.addDim(size < 0 ? dimension.setDimParam("N") : dimension.setDimValue(size));
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(sizes);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
