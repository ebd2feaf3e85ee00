package org.guidedmixup.method.puzzle;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.guidedmixup.internal.graphcut.MinimumCut;
import org.guidedmixup.internal.host.Chunks;
import org.guidedmixup.internal.host.HostArray;
import org.guidedmixup.internal.host.Prepared;
import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.BatchShape;
import org.guidedmixup.plan.LabelSmoothing;
import org.guidedmixup.plan.MosaicPlan;
import org.guidedmixup.tile.Mosaic;
import org.guidedmixup.tile.TileGrid;
import org.guidedmixup.tile.TileSaliency;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes the {@link PuzzlePlan} of a batch: energy, labels and transport of each pair of images, in parallel. */
final class PuzzleBatch {
    private final PuzzleSettings settings;
    private final TileGrid grid;
    private final Pairing pairs;
    private final INDArray maps;
    private final TileSaliency saliency;
    private final BlockBorders[] borders;
    private final int channels;

    /**
     * Measures the blocks of a batch.
     *
     * @param settings the method's settings
     * @param grid the blocks
     * @param images [M, C, H, W]. Not modified.
     * @param maps saliency [M, H, W]. Not modified.
     * @param deviation of every channel, [C]. Not modified.
     * @param pairs the partner of every image
     */
    PuzzleBatch(
            PuzzleSettings settings,
            TileGrid grid,
            HostArray images,
            INDArray maps,
            double[] deviation,
            Pairing pairs) {
        this.settings = settings;
        this.grid = grid;
        this.pairs = pairs;
        this.maps = maps;
        this.channels = deviation.length;
        saliency = TileSaliency.of(maps, grid);
        borders = new BlockBorders[pairs.size()];
        Chunks.forEach(borders.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                borders[i] = BlockBorders.of(images, i, grid, settings.neighbourhood, deviation);
            }
        });
    }

    /** Returns the energy of an image and its partner. */
    PuzzleEnergy energy(int image) {
        int partner = pairs.partner(image);
        double smoothness = settings.blockSmoothness(grid.rows());
        return LocalSmoothness.energy(
                grid.rows(),
                saliency.of(image),
                saliency.of(partner),
                borders[image],
                borders[partner],
                channels,
                smoothness * settings.localSmoothness,
                smoothness);
    }

    /** Solves all pairs. */
    PuzzlePlan plan(
            BatchShape shape, double lambda, Prepared<TileGrid, TransportMoves> moves, LabelSmoothing labelSmoothing) {
        double[] prior = settings.prior(lambda, grid.rows());
        TileGrid tiles = settings.transport ? grid.refined(settings.transportTile) : grid;
        TileSaliency tileSaliency = !settings.transport || tiles.equals(grid) ? saliency : TileSaliency.of(maps, tiles);
        Optional<Transport> transport = settings.transport
                ? Optional.of(new Transport(tiles, moves.get(tiles, TransportMoves::new), settings.transportCost))
                : Optional.empty();
        float[][] blockShares = new float[pairs.size()][grid.tiles()];
        float[][] shares = new float[pairs.size()][pairs.size()];
        Mosaic.Builder mosaic = Mosaic.builder(pairs.size(), tiles);
        Chunks.forEach(pairs.size(), (from, to) -> {
            MinimumCut cut = new MinimumCut(grid.tiles() * (settings.labels - 1));
            for (int i = from; i < to; i++) {
                int partner = pairs.partner(i);
                int[] labels = energy(i).minimize(prior, cut);
                double ratio = 0;
                for (int block = 0; block < labels.length; block++) {
                    double share = 1 - (double) labels[block] / (settings.labels - 1);
                    blockShares[i][block] = (float) share;
                    ratio += share / grid.timesInImage(block);
                }
                shares[i][i] += (float) ratio;
                shares[i][partner] += (float) (1 - ratio);
                double[] own = tileShares(blockShares[i], tiles);
                put(mosaic, i, 0, i, own, transport, tileSaliency.of(i));
                Arrays.setAll(own, tile -> 1 - own[tile]);
                put(mosaic, i, 1, partner, own, transport, tileSaliency.of(partner));
            }
        });
        MosaicPlan plan = new MosaicPlan(shape, mosaic.build(), shares, labelSmoothing, saliency.nonFinite());
        return new PuzzlePlan(plan, pairs, grid, blockShares);
    }

    private double[] tileShares(float[] blockShares, TileGrid tiles) {
        double[] shares = new double[tiles.tiles()];
        Arrays.setAll(shares, tile -> blockShares[tiles.tileIn(grid, tile)]);
        return shares;
    }

    /** Puts the tiles of one image of a pair in their places. */
    private void put(
            Mosaic.Builder mosaic,
            int output,
            int term,
            int image,
            double[] shares,
            Optional<Transport> transport,
            double[] tileSaliency) {
        boolean[] kept = new boolean[shares.length];
        for (int place = 0; place < kept.length; place++) {
            kept[place] = shares[place] > 0;
        }
        int[] standing = transport
                .map(moving -> moving.plan(tileSaliency, kept))
                .orElseGet(() -> IntStream.range(0, kept.length).toArray());
        for (int place = 0; place < kept.length; place++) {
            boolean vacant = standing[place] == Transport.VACANT;
            double share = vacant && settings.emptyVacantPlaces ? 0 : shares[place];
            mosaic.put(output, place, term, image, vacant ? place : standing[place], share);
        }
    }
}
