#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: the operation random_gamma does not obey the seed: after the same setSeed it draws other numbers, while
# uniform, normal, exponential and Poisson draw the same ones.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'uniform: same numbers from the same seed: true
random_poisson: same numbers from the same seed: true
random_gamma: same numbers from the same seed: false' <<'JAVA'
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
record Case(String name, Supplier<INDArray> draw) {}
for (Case c : new Case[] {
    new Case("uniform", () -> Nd4j.random.uniform(0, 1, DataType.FLOAT, 8)),
    new Case("random_poisson", () -> Nd4j.exec(DynamicCustomOp.builder("random_poisson")
            .addInputs(Nd4j.createFromArray(8), Nd4j.scalar(4f)).build())[0]),
    new Case("random_gamma", () -> Nd4j.exec(DynamicCustomOp.builder("random_gamma")
            .addInputs(Nd4j.createFromArray(8), Nd4j.scalar(2f), Nd4j.scalar(1f)).build())[0])
}) {
    Nd4j.getRandom().setSeed(7);
    INDArray first = c.draw.get();
    Nd4j.getRandom().setSeed(7);
    say(c.name + ": same numbers from the same seed: " + first.equals(c.draw.get()));
}
JAVA
