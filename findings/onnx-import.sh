#!/usr/bin/env bash
# samediff-import-onnx 1.0.0-M2.1 misreads common operations: MatMul, and Gemm without alpha and beta, give 0; Gemm loses its
# bias in any case; Softmax without an axis takes the first instead of the last; MaxPool without strides, Reshape to a size of 0
# (which keeps the size) and Relu right after the input throw. ONNX Runtime 1.18.0 runs the same files, of operator set 13.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 org.nd4j:samediff-import-onnx:1.0.0-M2.1 \
    com.microsoft.onnxruntime:onnxruntime:1.18.0
seen 'Gemm: ONNX Runtime [11.0, 22.0, 13.0, 25.0]
Gemm: SameDiff [0.0, 0.0, 0.0, 0.0]
Gemm, alpha 1, beta 1: ONNX Runtime [11.0, 22.0, 13.0, 25.0]
Gemm, alpha 1, beta 1: SameDiff [1.0, 2.0, 3.0, 5.0]
MatMul: ONNX Runtime [1.0, 2.0, 3.0, 5.0]
MatMul: SameDiff [0.0, 0.0, 0.0, 0.0]
Softmax: ONNX Runtime [0.26894143, 0.7310586, 0.11920291, 0.880797]
Softmax: SameDiff [0.11920292, 0.047425874, 0.880797, 0.95257413]
MaxPool: ONNX Runtime [5.0]
MaxPool: SameDiff throws IllegalArgumentException, Stride height can not be negative or 0, got: 0
Relu: ONNX Runtime [1.0, 2.0, 3.0, 5.0]
Relu: SameDiff throws IllegalArgumentException, No variable found for the given input variables of image At least one input required.
Reshape to (0, -1): ONNX Runtime [1.0, 2.0, 3.0, 5.0]
Reshape to (0, -1): SameDiff throws RuntimeException, Op reshape with name reshape failed to execute. Here is the error from c++: Op validation failed' <<'JAVA'
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import onnx.Onnx.*;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.samediff.frameworkimport.onnx.importer.OnnxFrameworkImporter;
AttributeProto.Builder number = AttributeProto.newBuilder().setType(AttributeProto.AttributeType.FLOAT).setF(1);
AttributeProto kernel = AttributeProto.newBuilder().setName("kernel_shape").setType(AttributeProto.AttributeType.INTS)
        .addInts(2).addInts(2).build();
record Case(String name, String operation, List<String> inputs, List<AttributeProto> attributes) {}
for (Case c : new Case[] {
    new Case("Gemm", "Gemm", List.of("image", "weights", "bias"), List.of()),
    new Case("Gemm, alpha 1, beta 1", "Gemm", List.of("image", "weights", "bias"),
            List.of(number.clone().setName("alpha").build(), number.clone().setName("beta").build())),
    new Case("MatMul", "MatMul", List.of("image", "weights"), List.of()),
    new Case("Softmax", "Softmax", List.of("image"), List.of()),
    new Case("MaxPool", "MaxPool", List.of("image"), List.of(kernel)),
    new Case("Relu", "Relu", List.of("image"), List.of()),
    new Case("Reshape to (0, -1)", "Reshape", List.of("image", "shape"), List.of())
}) {
    long[] size = c.name.equals("MaxPool") ? new long[] {1, 1, 2, 2} : new long[] {2, 2};
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    Arrays.stream(size).forEach(s -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(s)));
    GraphProto.Builder graph = GraphProto.newBuilder().setName("graph")
            .addInput(ValueInfoProto.newBuilder().setName("image").setType(TypeProto.newBuilder()
                    .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape))))
            .addOutput(ValueInfoProto.newBuilder().setName("out").setType(TypeProto.newBuilder()
                    .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1))))
            .addNode(NodeProto.newBuilder().setName("node").setOpType(c.operation).addAllInput(c.inputs).addOutput("out")
                    .addAllAttribute(c.attributes));
    if (c.inputs.contains("weights")) {
        graph.addInitializer(TensorProto.newBuilder().setName("weights").setDataType(1).addDims(2).addDims(2)
                .addAllFloatData(List.of(1f, 0f, 0f, 1f)));
    }
    if (c.inputs.contains("bias")) {
        graph.addInitializer(TensorProto.newBuilder().setName("bias").setDataType(1).addDims(2).addAllFloatData(List.of(10f, 20f)));
    }
    if (c.inputs.contains("shape")) {
        graph.addInitializer(TensorProto.newBuilder().setName("shape").setDataType(7).addDims(2).addAllInt64Data(List.of(0L, -1L)));
    }
    byte[] model = ModelProto.newBuilder().setIrVersion(7).setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13)).build().toByteArray();
    float[] pixels = {1, 2, 3, 5};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (var session = environment.createSession(model);
            var result = session.run(Map.of("image", OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), size)))) {
        float[] values = ((OnnxTensor) result.get(0)).getFloatBuffer().array();
        say(c.name + ": ONNX Runtime " + Arrays.toString(values));
    }
    File file = File.createTempFile("finding", ".onnx");
    file.deleteOnExit();
    Files.write(file.toPath(), model);
    try {
        INDArray image = Nd4j.createFromArray(pixels).reshape(size);
        INDArray out = new OnnxFrameworkImporter().runImport(file.getPath(), Map.of(), false).output(Map.of("image", image), "out").get("out");
        say(c.name + ": SameDiff " + Arrays.toString(out.dup().reshape(out.length()).toFloatVector()));
    } catch (RuntimeException e) {
        say(c.name + ": SameDiff throws " + e.getClass().getSimpleName() + ", " + e.getMessage());
    }
}
JAVA
