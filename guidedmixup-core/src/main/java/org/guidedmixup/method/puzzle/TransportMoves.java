package org.guidedmixup.method.puzzle;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.guidedmixup.tile.TileGrid;

/**
 * All ways to move a tile within a grid, the cheapest first. A move by (dy, dx) costs dy² / (rows − 1)² + dx² / (columns − 1)²;
 * on a square grid with t tiles per side this is the squared distance over (t − 1)². Immutable.
 */
final class TransportMoves {
    private final int[] down;
    private final int[] right;
    private final double[] costs;

    TransportMoves(TileGrid grid) {
        long tall = grid.rows() - 1L;
        long wide = grid.columns() - 1L;
        int width = 2 * grid.columns() - 1;
        int count = (2 * grid.rows() - 1) * width;
        // In whole numbers, so that moves of equal length tie exactly; ties are ordered row by row.
        long[] lengths = IntStream.range(0, count)
                .mapToLong(move -> square(wide * (move / width - tall)) + square(tall * (move % width - wide)))
                .toArray();
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong(move -> lengths[move]))
                .mapToInt(Integer::intValue)
                .toArray();
        down = Arrays.stream(order).map(move -> (int) (move / width - tall)).toArray();
        right = Arrays.stream(order).map(move -> (int) (move % width - wide)).toArray();
        costs = Arrays.stream(order)
                .mapToDouble(move -> (double) lengths[move] / square(tall * wide))
                .toArray();
    }

    private static long square(long value) {
        return value * value;
    }

    int count() {
        return costs.length;
    }

    double cost(int move) {
        return costs[move];
    }

    /** Returns the tile a move leads to, or −1 if it leaves the grid. */
    int target(TileGrid grid, int tile, int move) {
        int row = tile / grid.columns() + down[move];
        int column = tile % grid.columns() + right[move];
        boolean inside = row >= 0 && row < grid.rows() && column >= 0 && column < grid.columns();
        return inside ? row * grid.columns() + column : -1;
    }
}
