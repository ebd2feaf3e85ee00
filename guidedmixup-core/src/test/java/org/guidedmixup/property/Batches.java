package org.guidedmixup.property;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;
import org.nd4j.enums.DataFormat;
import org.nd4j.linalg.api.buffer.DataType;

/** Recipes of batches: any size, type, layout and content. */
public class Batches extends DomainContextBase {

    @Provide
    Arbitrary<Batch.Recipe> recipes() {
        Arbitrary<List<Content>> contents = Arbitraries.frequency(
                        Tuple.of(12, Content.NOISE),
                        Tuple.of(2, Content.BLACK),
                        Tuple.of(2, Content.CONSTANT),
                        Tuple.of(1, Content.DENORMAL),
                        Tuple.of(1, Content.HUGE),
                        Tuple.of(1, Content.NAN),
                        Tuple.of(1, Content.INFINITE),
                        Tuple.of(2, Content.SAME_AS_BEFORE))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
        Arbitrary<Integer> side = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.integers().between(1, 20)), Tuple.of(1, Arbitraries.of(127, 129, 131)));
        Arbitrary<DataType> types = Arbitraries.frequency(
                Tuple.of(4, DataType.FLOAT),
                Tuple.of(2, DataType.DOUBLE),
                Tuple.of(2, DataType.FLOAT16),
                Tuple.of(2, DataType.BFLOAT16),
                Tuple.of(1, DataType.UINT8),
                Tuple.of(1, DataType.INT8),
                Tuple.of(1, DataType.INT16),
                Tuple.of(1, DataType.INT32),
                Tuple.of(1, DataType.INT64));
        return Combinators.combine(
                        contents,
                        Arbitraries.of(1, 3, 4),
                        side,
                        side,
                        types,
                        Arbitraries.of(Layout.values()),
                        Arbitraries.of(Layout.values()),
                        Combinators.combine(
                                        Arbitraries.of(DataFormat.values()),
                                        Arbitraries.longs().between(0, 1_000_000))
                                .as(Tuple::of))
                .as((c, channels, height, width, type, layout, labelLayout, rest) -> new Batch.Recipe(
                        c, channels, height, width, type, layout, labelLayout, rest.get1(), rest.get2()));
    }
}
