#!/usr/bin/env bash
# Kryo 4.0.2 (Spark's) and ND4J 1.0.0-M2.1: an INDArray goes through Kryo without an error and comes back without shape and
# elements; every use of it throws a NullPointerException. It is set up as Spark's serializer is: no serializer of ND4J's is
# registered, and objects are made without a constructor. Java serialization of the same array is right.
. "$(dirname "$0")/run-java.sh"
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1 com.esotericsoftware:kryo-shaded:4.0.2
seen 'Java serialization: [ 1.0000, 2.0000]
Kryo: written and read as org.nd4j.linalg.cpu.nativecpu.NDArray
its sum: java.lang.NullPointerException' <<'JAVA'
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.objenesis.strategy.StdInstantiatorStrategy;
INDArray array = Nd4j.createFromArray(1f, 2f);
ByteArrayOutputStream bytes = new ByteArrayOutputStream();
ObjectOutputStream objects = new ObjectOutputStream(bytes);
objects.writeObject(array);
objects.flush();
say("Java serialization: " + new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject());
Kryo kryo = new Kryo();
kryo.setInstantiatorStrategy(new Kryo.DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
Output output = new Output(1024, -1);
kryo.writeClassAndObject(output, array);
INDArray read = (INDArray) kryo.readClassAndObject(new Input(output.toBytes()));
say("Kryo: written and read as " + read.getClass().getName());
try {
    say("its sum: " + read.sumNumber());
} catch (NullPointerException e) {
    say("its sum: " + e.getClass().getName());
}
JAVA
