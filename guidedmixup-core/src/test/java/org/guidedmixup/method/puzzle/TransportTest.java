package org.guidedmixup.method.puzzle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.guidedmixup.tile.TileGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportTest {

    /** At low ε tiles travel far and meet often; at high ε they stay. */
    @ParameterizedTest
    @CsvSource({"2, 2, 0.8", "4, 4, 0.8", "8, 8, 0.8", "8, 8, 0.05", "8, 8, 0.001", "6, 6, 5", "5, 3, 0.2"})
    void equalsTheRoundsOnTheDenseCostMatrix(int rows, int columns, double costWeight) {
        TileGrid grid = new TileGrid(rows, columns, 4 * rows, 4 * columns);
        Transport transport = new Transport(grid, new TransportMoves(grid), costWeight);
        for (int seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] saliency = random.doubles(grid.tiles()).map(s -> s * s * s).toArray();
            double sum = Arrays.stream(saliency).sum();
            Arrays.setAll(saliency, i -> saliency[i] / sum);
            boolean[] kept = new boolean[grid.tiles()];
            for (int j = 0; j < kept.length; j++) {
                kept[j] = random.nextInt(3) > 0;
            }
            int[] expected = dense(grid, costWeight, saliency, kept);
            assertArrayEquals(expected, transport.plan(saliency, kept), "seed " + seed);
        }
    }

    /** The method as published: a cost matrix and all rounds over every tile and every place. */
    private static int[] dense(TileGrid grid, double costWeight, double[] saliency, boolean[] kept) {
        int tiles = grid.tiles();
        TransportMoves moves = new TransportMoves(grid);
        double[][] cost = new double[tiles][tiles];
        for (int i = 0; i < tiles; i++) {
            for (int move = 0; move < moves.count(); move++) {
                int j = moves.target(grid, i, move);
                if (j >= 0) {
                    cost[i][j] = costWeight * moves.cost(move) - (kept[j] ? saliency[i] : 0);
                }
            }
        }
        int[] standing = new int[tiles];
        for (int round = 0; round < Math.max(grid.rows(), grid.columns()); round++) {
            int[] choice = new int[tiles];
            for (int i = 0; i < tiles; i++) {
                int from = i;
                for (int j = 0; j < tiles; j++) {
                    boolean cheaper = cost[from][j] < cost[from][choice[from]];
                    choice[from] = cheaper ? j : choice[from];
                }
            }
            Arrays.fill(standing, Transport.VACANT);
            for (int i = 0; i < tiles; i++) {
                int j = choice[i];
                double best = standing[j] == Transport.VACANT ? 0 : cost[standing[j]][j];
                if (cost[i][j] < best) {
                    standing[j] = i;
                }
            }
            for (int i = 0; i < tiles; i++) {
                if (standing[choice[i]] != i) {
                    cost[i][choice[i]] += 1;
                }
            }
        }
        return standing;
    }

    @Test
    void movesComeCheapestFirstAndCostTheSquaredDistance() {
        TileGrid grid = new TileGrid(4, 4, 8, 8);
        TransportMoves moves = new TransportMoves(grid);
        assertTrue(moves.count() == 49 && moves.cost(0) == 0);
        for (int move = 1; move < moves.count(); move++) {
            assertTrue(moves.cost(move) >= moves.cost(move - 1));
            for (int tile = 0; tile < 16; tile++) {
                int target = moves.target(grid, tile, move);
                if (target >= 0) {
                    int dy = target / 4 - tile / 4;
                    int dx = target % 4 - tile % 4;
                    assertTrue(Math.abs(moves.cost(move) - (dy * dy + dx * dx) / 9.0) < 1e-12);
                }
            }
        }
    }
}
