package org.guidedmixup.dl4j.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient with respect to the input alone, against {@code conv2d_bp}. */
class ConvolutionInputGradientTest {
    private static final int IMAGES = 3;
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 5;
    private static final float UNTOUCHED = 7;

    private record Case(
            DataType type,
            int height,
            int width,
            int kernel,
            int stride,
            int padding,
            boolean same,
            boolean channelsLast,
            WeightsFormat weights,
            boolean bias,
            int dilation) {

        long size(int length) {
            return same
                    ? (length + stride - 1) / stride
                    : (length + 2L * padding - (kernel - 1L) * dilation - 1) / stride + 1;
        }

        long[] maps(long channels, long height, long width) {
            return channelsLast
                    ? new long[] {IMAGES, height, width, channels}
                    : new long[] {IMAGES, channels, height, width};
        }

        long[] weightsShape() {
            return switch (weights) {
                case YXIO -> new long[] {kernel, kernel, INPUTS, OUTPUTS};
                case OIYX -> new long[] {OUTPUTS, INPUTS, kernel, kernel};
                case OYXI -> new long[] {OUTPUTS, kernel, kernel, INPUTS};
            };
        }

        int weightsFormat() {
            return switch (weights) {
                case YXIO -> 0;
                case OIYX -> 1;
                case OYXI -> 2;
            };
        }

        long[] arguments() {
            return new long[] {
                kernel,
                kernel,
                stride,
                stride,
                padding,
                padding,
                dilation,
                dilation,
                same ? 1 : 0,
                channelsLast ? 1 : 0,
                weightsFormat()
            };
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            for (int[] size : new int[][] {{12, 12}, {13, 13}, {12, 9}, {9, 12}, {13, 12}}) {
                for (int[] kernel :
                        new int[][] {{1, 1, 0}, {1, 2, 0}, {3, 1, 1}, {3, 2, 1}, {3, 1, 0}, {7, 2, 3}, {2, 3, 0}}) {
                    for (WeightsFormat weights : WeightsFormat.values()) {
                        boolean last = weights == WeightsFormat.OYXI;
                        boolean bias = size[0] == 12;
                        Case one = new Case(
                                type, size[0], size[1], kernel[0], kernel[1], kernel[2], false, last, weights, bias, 1);
                        cases.add(one);
                        cases.add(new Case(
                                type, size[0], size[1], kernel[0], kernel[1], 0, true, !last, weights, !bias, 1));
                    }
                }
            }
        }
        return cases.stream();
    }

    private final Random random = new Random(5);

    private INDArray random(DataType type, long... shape) {
        INDArray array = Nd4j.create(DataType.DOUBLE, shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, random.nextGaussian());
        }
        return array.castTo(type);
    }

    private static INDArray[] filled(INDArray... like) {
        return Stream.of(like)
                .map(array -> Nd4j.valueArrayOf(array.shape(), UNTOUCHED, array.dataType()))
                .toArray(INDArray[]::new);
    }

    private INDArray[] inputs(Case tested) {
        INDArray x = random(tested.type, tested.maps(INPUTS, tested.height, tested.width));
        INDArray weights = random(tested.type, tested.weightsShape());
        INDArray gradient =
                random(tested.type, tested.maps(OUTPUTS, tested.size(tested.height), tested.size(tested.width)));
        return tested.bias
                ? new INDArray[] {x, weights, random(tested.type, OUTPUTS), gradient}
                : new INDArray[] {x, weights, gradient};
    }

    private static INDArray[] outputs(INDArray[] inputs) {
        return inputs.length == 4 ? filled(inputs[0], inputs[1], inputs[2]) : filled(inputs[0], inputs[1]);
    }

    private static boolean compute(Case tested, INDArray[] inputs, INDArray[] outputs) throws Exception {
        Conv2DDerivative op = new Conv2DDerivative();
        op.addIArgument(tested.arguments());
        try (OpContext context = Nd4j.getExecutioner().buildContext()) {
            context.setInputArrays(inputs);
            context.setOutputArrays(outputs);
            context.setIArguments(tested.arguments());
            return ConvolutionInputGradient.compute(op, context);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsTheWholeGradient(Case tested) throws Exception {
        INDArray[] inputs = inputs(tested);
        INDArray[] expected = outputs(inputs);
        DynamicCustomOp whole = DynamicCustomOp.builder("conv2d_bp")
                .addInputs(inputs)
                .addOutputs(expected)
                .build();
        whole.addIArgument(tested.arguments());
        Nd4j.exec(whole);
        INDArray[] found = outputs(inputs);
        assertTrue(compute(tested, inputs, found));
        double scale = expected[0].norm2Number().doubleValue() / Math.sqrt((double) expected[0].length());
        assertArrayEquals(
                expected[0].dup('c').data().asDouble(), found[0].dup('c').data().asDouble(), 1e-5 * scale);
        for (int i = 1; i < found.length; i++) {
            assertEquals(UNTOUCHED, found[i].minNumber().floatValue(), "only the first output is written");
            assertEquals(UNTOUCHED, found[i].maxNumber().floatValue(), "only the first output is written");
        }
    }

    @Test
    void leavesDilationToTheWholeGradient() throws Exception {
        Case dilated = new Case(DataType.FLOAT, 15, 15, 3, 1, 2, false, false, WeightsFormat.YXIO, true, 2);
        INDArray[] inputs = inputs(dilated);
        assertFalse(compute(dilated, inputs, outputs(inputs)));
    }
}
