package org.guidedmixup.dl4j.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** MultiDataSets with their masks and metadata. */
final class MultiDataSetSerializer extends Serializer<MultiDataSet> {
    private final ArraySerializer arrays;

    MultiDataSetSerializer(ArraySerializer arrays) {
        this.arrays = arrays;
    }

    @Override
    public void write(Kryo kryo, Output output, MultiDataSet data) {
        writeArrays(kryo, output, data.getFeatures());
        writeArrays(kryo, output, data.getLabels());
        writeArrays(kryo, output, data.getFeaturesMaskArrays());
        writeArrays(kryo, output, data.getLabelsMaskArrays());
        DataSetSerializer.writeMetadata(kryo, output, data.getExampleMetaData());
    }

    @Override
    public MultiDataSet read(Kryo kryo, Input input, Class<MultiDataSet> kind) {
        MultiDataSet data = new MultiDataSet();
        kryo.reference(data);
        data.setFeatures(readArrays(kryo, input));
        data.setLabels(readArrays(kryo, input));
        data.setFeaturesMaskArrays(readArrays(kryo, input));
        data.setLabelsMaskArray(readArrays(kryo, input));
        data.setExampleMetaData(DataSetSerializer.readMetadata(kryo, input));
        return data;
    }

    private void writeArrays(Kryo kryo, Output output, INDArray[] list) {
        output.writeVarInt(list == null ? 0 : list.length + 1, true);
        if (list != null) {
            for (INDArray array : list) {
                kryo.writeObjectOrNull(output, array, arrays);
            }
        }
    }

    private INDArray[] readArrays(Kryo kryo, Input input) {
        int count = input.readVarInt(true) - 1;
        if (count < 0) {
            return null;
        }
        INDArray[] list = new INDArray[count];
        for (int i = 0; i < count; i++) {
            list[i] = kryo.readObjectOrNull(input, INDArray.class, arrays);
        }
        return list;
    }
}
