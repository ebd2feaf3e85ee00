package org.guidedmixup.method.puzzle;

import java.util.Arrays;
import org.guidedmixup.tile.TileGrid;

/**
 * Moves the salient tiles of an image to places where the image is kept. Tile i at place j costs ε C_ij − u_i if j is kept, and
 * never less than 0 elsewhere. In every round each tile proposes to its cheapest place; of several proposals for a place the
 * cheapest stays, and the other tiles propose elsewhere in the next round. There are as many rounds as the grid has tiles along
 * a side; then every tile moves to the place that holds it.
 *
 * <p>Only moves with a gain are considered, in order of their cost, so each tile considers few places even on a large grid.
 * This is truncated deferred acceptance (Gale and Shapley 1962); the result equals that of the dense cost matrix of Kim et al.
 * 2020, Algorithm 2.
 */
final class Transport {
    /** Marks a place that no tile moves to. */
    static final int VACANT = -1;

    private final TileGrid grid;
    private final TransportMoves moves;
    private final double costWeight;

    /**
     * Prepares the transport on a grid.
     *
     * @param grid the grid, at least 2 x 2 tiles
     * @param moves the moves of that grid
     * @param costWeight ε, at least 0
     */
    Transport(TileGrid grid, TransportMoves moves, double costWeight) {
        this.grid = grid;
        this.moves = moves;
        this.costWeight = costWeight;
    }

    /**
     * Plans one image.
     *
     * @param saliency u, one value per tile. Not modified.
     * @param kept whether the image is kept at a place, at least in part. Not modified.
     * @return the tile that moves to each place, {@link #VACANT} where none does
     */
    int[] plan(double[] saliency, boolean[] kept) {
        int tiles = grid.tiles();
        int[] standing = new int[tiles];
        Arrays.fill(standing, VACANT);
        double[] bestCost = new double[tiles];
        int[] move = new int[tiles];
        int[] looking = new int[tiles];
        Arrays.setAll(looking, tile -> tile);
        int count = tiles;
        int rounds = Math.max(grid.rows(), grid.columns());
        for (int round = 0; round < rounds && count > 0; round++) {
            int losers = 0;
            for (int k = 0; k < count; k++) {
                int tile = looking[k];
                int place = nextPlace(tile, saliency[tile], kept, move);
                if (place == VACANT) {
                    continue;
                }
                double cost = costWeight * moves.cost(move[tile]) - saliency[tile];
                move[tile]++;
                int rival = standing[place];
                boolean wins = rival == VACANT || cost < bestCost[place] || (cost == bestCost[place] && tile < rival);
                if (wins) {
                    standing[place] = tile;
                    bestCost[place] = cost;
                }
                int loser = wins ? rival : tile;
                if (loser != VACANT) {
                    looking[losers++] = loser;
                }
            }
            count = losers;
        }
        return standing;
    }

    /** Returns the cheapest kept place that has not rejected the tile; VACANT if no move is worth its cost. */
    private int nextPlace(int tile, double saliency, boolean[] kept, int[] move) {
        for (; move[tile] < moves.count() && costWeight * moves.cost(move[tile]) < saliency; move[tile]++) {
            int place = moves.target(grid, tile, move[tile]);
            if (place >= 0 && kept[place]) {
                return place;
            }
        }
        return VACANT;
    }
}
