#!/usr/bin/env bash
# SameDiff 1.0.0-M2.1: where an index comes twice, gather's gradient keeps the last instead of adding up. x[0] + x[0] + x[2]
# has the gradient (2, 0, 1); SameDiff says (1, 0, 1).
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'x[0] + x[0] + x[2] = 5.0000
its gradient: [ 1.0000, 0, 1.0000]
rows 0, 0 and 2: [[ 1.0000, 1.0000], [ 0, 0], [ 1.0000, 1.0000]]' <<'JAVA'
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
SameDiff graph = SameDiff.create();
SDVariable x = graph.var("x", Nd4j.createFromArray(1f, 2f, 3f));
graph.gather(x, new int[] {0, 0, 2}, 0).sum("sum").markAsLoss();
say("x[0] + x[0] + x[2] = " + graph.output(Map.of(), "sum").get("sum"));
say("its gradient: " + graph.calculateGradients(Map.of(), "x").get("x"));
SameDiff rows = SameDiff.create();
SDVariable m = rows.var("m", Nd4j.ones(3, 2));
rows.gather(m, rows.constant(Nd4j.createFromArray(0, 0, 2)), 0).sum().markAsLoss();
say("rows 0, 0 and 2: " + rows.calculateGradients(Map.of(), "m").get("m"));
JAVA
