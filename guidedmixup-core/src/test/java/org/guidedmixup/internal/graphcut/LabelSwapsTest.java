package org.guidedmixup.internal.graphcut;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelSwapsTest {

    @Test
    void twoLabelsAreSolvedExactly() {
        for (int seed = 0; seed < 50; seed++) {
            LabelSwaps swaps = potts(seed, 3, 2);
            int[] labels = new int[9];
            swaps.minimize(labels);
            assertEquals(least(swaps, 9, 2), swaps.energy(labels), 1e-12, "seed " + seed);
        }
    }

    /** Four labels on 2 x 2 nodes: never below the least energy, and usually equal to it. */
    @Test
    void manyLabelsComeNearTheLeastEnergy() {
        int exact = 0;
        for (int seed = 0; seed < 200; seed++) {
            LabelSwaps swaps = potts(seed, 2, 4);
            int[] labels = new int[4];
            double before = swaps.energy(labels);
            swaps.minimize(labels);
            double found = swaps.energy(labels);
            double least = least(swaps, 4, 4);
            assertTrue(found >= least - 1e-12 && found <= before, "seed " + seed);
            exact += found < least + 1e-9 ? 1 : 0;
        }
        assertTrue(exact > 180, "exact in " + exact + " of 200");
    }

    @Test
    void noSwapOfAnySizeImprovesTheResult() {
        for (int seed = 0; seed < 20; seed++) {
            LabelSwaps swaps = potts(seed, 3, 3);
            int[] labels = new int[9];
            swaps.minimize(labels);
            double found = swaps.energy(labels);
            for (int fixed = 0; fixed < 3; fixed++) {
                for (int bits = 0; bits < 1 << 9; bits++) {
                    int[] other = labels.clone();
                    for (int v = 0; v < 9; v++) {
                        boolean one = (bits >> v & 1) == 1;
                        other[v] = labels[v] == fixed ? fixed : (fixed + (one ? 1 : 2)) % 3;
                    }
                    assertTrue(swaps.energy(other) >= found - 1e-9, "seed " + seed);
                }
            }
        }
    }

    /** Costs as in Co-Mixup: whole labels at distance 1, half-and-half ones at 1/4 and more. */
    @Test
    void labelsEqualThoseOfPlainSwaps() {
        for (int seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int side = 1 + seed % 7;
            int labels = 1 + random.nextInt(12);
            double spread = Math.pow(2, random.nextInt(5) - 2);
            double[][] unary = new double[labels][];
            double[][] distance = new double[labels][labels];
            for (int a = 0; a < labels; a++) {
                unary[a] = random.doubles((long) side * side, 0, spread).toArray();
                for (int b = 0; b < a; b++) {
                    distance[a][b] = 0.25 * random.nextInt(5);
                    distance[b][a] = distance[a][b];
                }
            }
            int[] start = random.ints((long) side * side, 0, labels).toArray();
            int[] expected = start.clone();
            new PlainLabelSwaps(side, unary, distance).minimize(expected);
            int[] found = start.clone();
            LabelSwaps swaps = new LabelSwaps(side, unary, distance);
            swaps.minimize(found);
            assertArrayEquals(expected, found, "seed " + seed);
            int[] again = start.clone();
            swaps.minimize(again);
            assertArrayEquals(expected, again, "used again, seed " + seed);
        }
    }

    private static LabelSwaps potts(long seed, int side, int labels) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] unary = new double[labels][];
        double[][] distance = new double[labels][labels];
        for (int a = 0; a < labels; a++) {
            unary[a] = random.doubles((long) side * side).toArray();
            for (int b = 0; b < labels; b++) {
                distance[a][b] = a == b ? 0 : 0.3;
            }
        }
        return new LabelSwaps(side, unary, distance);
    }

    private static double least(LabelSwaps swaps, int nodes, int labels) {
        double least = Double.POSITIVE_INFINITY;
        int[] labelling = new int[nodes];
        for (int code = 0; code < Math.pow(labels, nodes); code++) {
            int rest = code;
            for (int v = 0; v < nodes; v++) {
                labelling[v] = rest % labels;
                rest /= labels;
            }
            least = Math.min(least, swaps.energy(labelling));
        }
        return least;
    }
}
