#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: assign does not broadcast. A row of three assigned to a matrix of two rows fills the first row only, and
# a column of two fills the first two elements of the first row; nothing is thrown. addi of the same row broadcasts.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
seen 'addi row: [[ 1.0000, 2.0000, 3.0000], [ 1.0000, 2.0000, 3.0000]]
assign row: [[ 1.0000, 2.0000, 3.0000], [ 0, 0, 0]]
assign row of rank 2: [[ 1.0000, 2.0000, 3.0000], [ 0, 0, 0]]
assign column: [[ 1.0000, 2.0000, 0], [ 0, 0, 0]]' <<'JAVA'
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
INDArray row = Nd4j.createFromArray(1f, 2f, 3f);
INDArray column = Nd4j.createFromArray(1f, 2f).reshape(2, 1);
say("addi row: " + Nd4j.zeros(2, 3).addi(row));
say("assign row: " + Nd4j.zeros(2, 3).assign(row));
say("assign row of rank 2: " + Nd4j.zeros(2, 3).assign(row.reshape(1, 3)));
say("assign column: " + Nd4j.zeros(2, 3).assign(column));
JAVA
