package org.guidedmixup.bench.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NesterovSgdTest {

    /**
     * Values of PyTorch 1.13's torch.optim.SGD(lr=0.1, momentum=0.9, weight_decay=0.05, nesterov=True), three steps.
     */
    @Test
    void isPyTorchs() {
        INDArray parameter = Nd4j.createFromArray(1f, -2f);
        NesterovSgd optimizer = new NesterovSgd(0.9, 0.05);
        float[][] gradients = {{0.5f, 0.25f}, {-1, 2}, {0.125f, 0}};
        float[][] expected = {
            {0.8955f, -2.0285f},
            {1.0324428f, -2.4013793f},
            {1.0361629f, -2.5432858f}
        };
        for (int step = 0; step < 3; step++) {
            optimizer.step(Map.of("p", parameter), Map.of("p", Nd4j.createFromArray(gradients[step])), 0.1);
            assertArrayEquals(expected[step], parameter.toFloatVector(), 1e-6f);
        }
    }
}
