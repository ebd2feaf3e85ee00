#!/usr/bin/env bash
# SameDiff 1.0.0-M2.1: the gradient of a reversed cumsum is that of one that is not reversed, and the gradient of cumprod is
# wrong too. Forwards, both are right.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'cumsum: gradient [ 10.0000, 9.0000, 7.0000, 4.0000], by differences [ 10.0000, 9.0000, 7.0000, 4.0000]
cumsum, exclusive: gradient [ 9.0000, 7.0000, 4.0000, 0], by differences [ 9.0000, 7.0000, 4.0000, 0]
cumsum, reverse: gradient [ 10.0000, 9.0000, 7.0000, 4.0000], by differences [ 1.0000, 3.0000, 6.0000, 10.0000]
cumsum, exclusive and reverse: gradient [ 9.0000, 7.0000, 4.0000, 0], by differences [ 0, 1.0000, 3.0000, 6.0000]
cumprod: gradient [ 33.0000, 32.0000, 30.0000, 24.0000], by differences [ 119.0000, 59.0000, 38.0000, 24.0000]' <<'JAVA'
import java.util.Map;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
record Case(String name, BiFunction<SameDiff, SDVariable, SDVariable> of) {}
for (Case c : new Case[] {
    new Case("cumsum", (graph, x) -> graph.cumsum(x, 0)),
    new Case("cumsum, exclusive", (graph, x) -> graph.cumsum(x, true, false, 0)),
    new Case("cumsum, reverse", (graph, x) -> graph.cumsum(x, false, true, 0)),
    new Case("cumsum, exclusive and reverse", (graph, x) -> graph.cumsum(x, true, true, 0)),
    new Case("cumprod", (graph, x) -> graph.cumprod(x, 0))
}) {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.var("x", Nd4j.createFromArray(1.0, 2.0, 3.0, 4.0));
    c.of.apply(graph, x).mul(graph.constant(Nd4j.createFromArray(1.0, 2.0, 3.0, 4.0))).sum("sum").markAsLoss();
    INDArray gradient = graph.calculateGradients(Map.of(), "x").get("x").dup();
    INDArray differences = Nd4j.zeros(gradient.dataType(), 4);
    for (int i = 0; i < 4; i++) {
        x.getArr().putScalar(i, i + 1 + 1e-4);
        double above = graph.output(Map.of(), "sum").get("sum").getDouble(0);
        x.getArr().putScalar(i, i + 1 - 1e-4);
        differences.putScalar(i, Math.round((above - graph.output(Map.of(), "sum").get("sum").getDouble(0)) / 2e-4));
        x.getArr().putScalar(i, i + 1);
    }
    say(c.name + ": gradient " + gradient + ", by differences " + differences);
}
JAVA
