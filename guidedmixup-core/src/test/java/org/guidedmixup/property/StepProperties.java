package org.guidedmixup.property;

import static org.guidedmixup.testing.ArrayAssertions.assertClose;
import static org.guidedmixup.testing.ArrayAssertions.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.guidedmixup.filter.AlignedResize;
import org.guidedmixup.filter.BilinearResize;
import org.guidedmixup.filter.GaussianBlur;
import org.guidedmixup.filter.SeparableFilter;
import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.GreedyPairing;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.pairing.SaliencyDistance;
import org.guidedmixup.saliency.NormalizedSaliency;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The guarantees of each step of GuidedMixup, for maps and distances of any size, layout and content. */
@Domain(Batches.class)
@Domain(DomainContext.Global.class)
class StepProperties {
    private static final List<SeparableFilter> FILTERS = List.of(
            new GaussianBlur(7, 3), new GaussianBlur(3, 0.5), new BilinearResize(7, 12), new AlignedResize(5, 9));

    @Property
    void filtersStayWithinTheirMaps(@ForAll Batch.Recipe recipe, @ForAll @IntRange(max = 3) int which) {
        Maps maps = Maps.of(recipe);
        if (maps.largest > 1e30) { // sums overflow
            maps = Maps.of(recipe.ofNoise());
        }
        INDArray expected = FILTERS.get(which).apply(maps.plain);
        for (double value : values(expected)) {
            assertTrue(value >= 0 && value <= maps.largest * (1 + 1e-5) + 1e-37, value + " of " + maps.largest);
        }
        assertClose(expected, FILTERS.get(which).apply(maps.stored), 1e-6 * maps.largest, "filtered");
    }

    @Property
    void normalizedMapsSumToOne(@ForAll Batch.Recipe recipe) {
        Maps maps = Maps.of(recipe);
        NormalizedSaliency normalized = NormalizedSaliency.of(maps.stored);
        for (double[] map : Batch.rows(normalized.maps())) {
            assertEquals(1, Arrays.stream(map).sum(), 1e-4);
            assertTrue(Arrays.stream(map).allMatch(share -> share >= 0 && share <= 1 + 1e-6));
        }
    }

    @Property
    void masksShareEveryPixel(@ForAll Batch.Recipe recipe) {
        Maps maps = Maps.of(recipe);
        NormalizedSaliency normalized = NormalizedSaliency.of(maps.stored);
        Pairing pairing = new GreedyPairing().pair(SaliencyDistance.between(normalized));
        MixMask mask = MixMask.ofSaliency(normalized, pairing);
        double[][] weights = Batch.rows(mask.weights());
        double[] ratio = values(mask.ratio());
        for (int i = 0; i < weights.length; i++) {
            assertTrue(Arrays.stream(weights[i]).allMatch(share -> share >= 0 && share <= 1));
            assertEquals(Arrays.stream(weights[i]).average().orElseThrow(), ratio[i], 1e-5);
        }
    }

    @Property
    void distancesAreSymmetricAndFinite(@ForAll Batch.Recipe recipe) {
        INDArray distance = SaliencyDistance.between(NormalizedSaliency.of(Maps.of(recipe).stored));
        for (int i = 0; i < distance.size(0); i++) {
            assertEquals(0, distance.getDouble(i, i), 1e-3);
            for (int j = 0; j < i; j++) {
                double between = distance.getDouble(i, j);
                assertTrue(between >= 0 && between <= 1.4143, "distance " + between);
                assertEquals(between, distance.getDouble(j, i));
            }
        }
    }

    /** Uses few different distances, so that many are tied. */
    @Property
    void greedyPairsMakeOneCycle(
            @ForAll @IntRange(min = 1, max = 40) int size,
            @ForAll @IntRange(min = 1, max = 50) int different,
            @ForAll Layout layout,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] distances = random.ints((long) size * size, -1, different)
                .mapToDouble(d -> d)
                .toArray();
        long[] shape = {size, size};
        Pairing pairing = new GreedyPairing()
                .pair(layout.store(distances, DataType.FLOAT, shape, random).array());
        assertTrue(pairing.isSingleCycle());
        assertEquals(pairing, new GreedyPairing().pair(Layout.dense(distances, DataType.FLOAT, shape)));
    }

    @Property
    void greedyPairsThatDrawMakeOneCycle(
            @ForAll @IntRange(min = 1, max = 40) int size,
            @ForAll @IntRange(min = 1, max = 50) int different,
            @ForAll @IntRange(min = 1, max = 45) int k,
            @ForAll boolean drawnStart,
            @ForAll long seed) {
        double[] distances = new SplittableRandom(seed)
                .ints((long) size * size, -1, different)
                .mapToDouble(d -> d)
                .toArray();
        INDArray distance = Layout.dense(distances, DataType.FLOAT, new long[] {size, size});
        GreedyPairing.Builder builder = GreedyPairing.builder().farthest(k);
        GreedyPairing pairing = (drawnStart ? builder.drawnStart() : builder).build();
        Pairing first = pairing.pair(size, () -> distance, new SplittableRandom(seed));
        assertTrue(first.isSingleCycle());
        assertEquals(first, pairing.pair(size, () -> distance, new SplittableRandom(seed)));
    }

    @Property
    void pairingsArePermutations(@ForAll @Size(min = 1, max = 6) List<@IntRange(min = -1, max = 6) Integer> targets) {
        int[] given = targets.stream().mapToInt(Integer::intValue).toArray();
        boolean permutation = Arrays.equals(
                Arrays.stream(given).sorted().toArray(),
                IntStream.range(0, given.length).toArray());
        boolean accepted;
        try {
            accepted = Arrays.equals(given, Pairing.of(given).partners());
        } catch (IllegalArgumentException refused) {
            accepted = false;
        }
        assertEquals(permutation, accepted);
    }

    /** Maps [M, H, W] that are not negative. */
    private record Maps(INDArray stored, INDArray plain, double largest) {
        static Maps of(Batch.Recipe recipe) {
            SplittableRandom random = new SplittableRandom(recipe.seed());
            int m = recipe.contents().size();
            int pixels = recipe.height() * recipe.width();
            double[] values = new double[m * pixels];
            for (int i = 0; i < m; i++) {
                recipe.contents().get(i).fill(values, i * pixels, pixels, false, random);
            }
            double[] maps = Arrays.stream(values).map(Math::abs).toArray();
            long[] shape = {m, recipe.height(), recipe.width()};
            return new Maps(
                    recipe.layout().store(maps, DataType.FLOAT, shape, random).array(),
                    Layout.dense(maps, DataType.FLOAT, shape),
                    Arrays.stream(maps)
                            .map(v -> Double.isNaN(v) ? Double.POSITIVE_INFINITY : v)
                            .max()
                            .orElseThrow());
        }
    }
}
