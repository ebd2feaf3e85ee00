package org.guidedmixup.dl4j.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DataSets with their masks, names and metadata. As in Java's serialisation, the mark of a preprocessed one is lost. */
final class DataSetSerializer extends Serializer<DataSet> {
    private final ArraySerializer arrays;

    DataSetSerializer(ArraySerializer arrays) {
        this.arrays = arrays;
    }

    @Override
    @SuppressWarnings("deprecation") // the names of columns
    public void write(Kryo kryo, Output output, DataSet data) {
        kryo.writeObjectOrNull(output, data.getFeatures(), arrays);
        kryo.writeObjectOrNull(output, data.getLabels(), arrays);
        kryo.writeObjectOrNull(output, data.getFeaturesMaskArray(), arrays);
        kryo.writeObjectOrNull(output, data.getLabelsMaskArray(), arrays);
        writeNames(output, data.getLabelNamesList());
        writeNames(output, data.getColumnNames());
        writeMetadata(kryo, output, data.getExampleMetaData());
    }

    @Override
    @SuppressWarnings("deprecation")
    public DataSet read(Kryo kryo, Input input, Class<DataSet> kind) {
        DataSet data = new DataSet();
        kryo.reference(data);
        data.setFeatures(readArray(kryo, input));
        data.setLabels(readArray(kryo, input));
        data.setFeaturesMaskArray(readArray(kryo, input));
        data.setLabelsMaskArray(readArray(kryo, input));
        data.setLabelNames(readNames(input));
        data.setColumnNames(readNames(input));
        data.setExampleMetaData(readMetadata(kryo, input));
        return data;
    }

    private INDArray readArray(Kryo kryo, Input input) {
        return kryo.readObjectOrNull(input, INDArray.class, arrays);
    }

    private static void writeNames(Output output, List<String> names) {
        output.writeVarInt(names == null ? 0 : names.size() + 1, true);
        if (names != null) {
            names.forEach(output::writeString);
        }
    }

    private static List<String> readNames(Input input) {
        int count = input.readVarInt(true) - 1;
        if (count < 0) {
            return null;
        }
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(input.readString());
        }
        return names;
    }

    /** Uses Java's serialisation: nothing is known about metadata except that it is Serializable. */
    static void writeMetadata(Kryo kryo, Output output, List<Serializable> metadata) {
        ArrayList<Serializable> list = metadata == null ? null : new ArrayList<>(metadata);
        kryo.writeObjectOrNull(output, list, new JavaSerializer());
    }

    @SuppressWarnings("unchecked")
    static List<Serializable> readMetadata(Kryo kryo, Input input) {
        return kryo.readObjectOrNull(input, ArrayList.class, new JavaSerializer());
    }
}
