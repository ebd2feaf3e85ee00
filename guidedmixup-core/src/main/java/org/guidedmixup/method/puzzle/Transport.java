package org.guidedmixup.method.puzzle;

import java.util.Arrays;
import org.guidedmixup.tile.TileGrid;

/**
 * Moves what is salient in an image to where the image is kept. Tile i at place j costs ε C_ij − u_i where j is kept, and
 * never less than nothing elsewhere. In every round each tile goes to its cheapest place, of those that want one place the
 * cheapest stays, and the others look further in the next round: after as many rounds as the grid has tiles along a side, who
 * stands at a place is moved there.
 *
 * <p>Only moves that gain something are looked at, in the order of their cost, so a tile looks at few places however large the
 * grid is. Deferred acceptance (Gale and Shapley 1962), cut off; the result is that of the dense cost matrix of Kim et al.
 * 2020, Algorithm 2.
 */
final class Transport {
    /** At a place that nothing moves to. */
    static final int VACANT = -1;

    private final TileGrid grid;
    private final TransportMoves moves;
    private final double costWeight;

    /**
     * Transport on a grid.
     *
     * @param grid of at least 2 x 2 tiles
     * @param moves of that grid
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
     * @param saliency u, of every tile. Not modified.
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

    /** The cheapest place that is kept and that the tile has not lost; VACANT if none is worth the way. */
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
