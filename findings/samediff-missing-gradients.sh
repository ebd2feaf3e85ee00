#!/usr/bin/env bash
# SameDiff 1.0.0-M2.1: these compute forwards and throw as soon as a gradient is asked for: batchNorm (its axis is lost),
# dropout, clipByNorm without dimensions and gatherNd.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'batchNorm: forwards fine; gradient: IllegalStateException, Invalid axis argument: axis must be specifiedand length > 0. Got null
dropout: forwards fine; gradient: UnsupportedOperationException, Not supported
clipByNorm: forwards fine; gradient: NullPointerException, Cannot read the array length because "<local2>" is null
gatherNd: forwards fine; gradient: UnsupportedOperationException, Please extend DynamicCustomOp.doDiff to support SameDiff backprop operations. Op: org.nd4j.linalg.api.ops.impl.shape.GatherNd' <<'JAVA'
import java.util.Map;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
record Case(String name, BiFunction<SameDiff, SDVariable, SDVariable> of) {}
for (Case c : new Case[] {
    new Case("batchNorm", (graph, x) -> graph.nn().batchNorm(x, graph.constant(Nd4j.zeros(3)), graph.constant(Nd4j.ones(3)),
            graph.var(Nd4j.ones(3)), graph.var(Nd4j.zeros(3)), 1e-5, 1)),
    new Case("dropout", (graph, x) -> graph.nn().dropout(x, 0.5)),
    new Case("clipByNorm", (graph, x) -> graph.math().clipByNorm(x, 1)),
    new Case("gatherNd", (graph, x) -> graph.gatherNd(x, graph.constant(Nd4j.createFromArray(new int[][] {{0}, {1}}))))
}) {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.var("x", Nd4j.ones(2, 3));
    c.of.apply(graph, x).sum("sum").markAsLoss();
    String forwards = graph.output(Map.of(), "sum").get("sum").isScalar() ? "fine" : "not a number";
    try {
        say(c.name + ": " + forwards + " " + graph.calculateGradients(Map.of(), "x").get("x"));
    } catch (RuntimeException e) {
        say(c.name + ": forwards " + forwards + "; gradient: " + e.getClass().getSimpleName() + ", " + e.getMessage());
    }
}
JAVA
