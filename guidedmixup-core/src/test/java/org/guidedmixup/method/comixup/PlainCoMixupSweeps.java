package org.guidedmixup.method.comixup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.guidedmixup.internal.graphcut.PlainLabelSwaps;

/** {@link CoMixupSweeps} with all costs computed anew for every output, and plain swaps. */
final class PlainCoMixupSweeps {
    /** How much cheaper half-and-half blocks are than the mean of their inputs, as in the authors' code. */
    private static final double HALF_BONUS = 5e-4;

    /** The number of most used inputs of an output that form half-and-half pairs. */
    private static final int MIXED_INPUTS = 3;

    private final CoMixupProblem problem;

    /** The label of every block of every output. */
    private final BlockLabel[][] labels;

    /** The number of blocks of every input in every output. */
    private final double[][] used;

    /** Whether an output pays extra for an input, to make it differ from a similar output. */
    private final boolean[][] pushed;

    /**
     * Starts with random whole blocks.
     *
     * @param problem the problem to solve
     * @param outputs the number of outputs
     * @param random draws the start
     */
    PlainCoMixupSweeps(CoMixupProblem problem, int outputs, RandomGenerator random) {
        this.problem = problem;
        labels = new BlockLabel[outputs][problem.blocks()];
        used = new double[outputs][problem.inputs()];
        pushed = new boolean[outputs][problem.inputs()];
        for (int o = 0; o < outputs; o++) {
            for (int block = 0; block < problem.blocks(); block++) {
                int input = random.nextInt(problem.inputs());
                labels[o][block] = new BlockLabel(input, input);
            }
            count(o);
        }
    }

    /**
     * Sweeps over all outputs.
     *
     * @param sweeps the number of sweeps, at least 1
     * @return the labels, [outputs][blocks]
     */
    BlockLabel[][] run(int sweeps) {
        for (int sweep = 0; sweep < sweeps; sweep++) {
            for (int o = 0; o < labels.length; o++) {
                improve(o, sweep > 0);
            }
            if (sweep == sweeps - 2) {
                pushApart();
            }
        }
        return labels;
    }

    private void improve(int o, boolean shareBlocks) {
        List<BlockLabel> choices = BlockLabel.whole(problem.inputs());
        if (shareBlocks) {
            choices.addAll(halves(o));
        }
        double[][] unary = unary(o, choices, problem.crowding(usedByOthers(o)));
        double[][] distance = new double[choices.size()][choices.size()];
        for (int a = 0; a < distance.length; a++) {
            for (int b = 0; b < distance.length; b++) {
                distance[a][b] = problem.smoothness() * choices.get(a).distance(choices.get(b));
            }
        }
        PlainLabelSwaps swaps = new PlainLabelSwaps(problem.side(), unary, distance);
        int[] best = Collections.min(starts(o, choices, unary), Comparator.comparingDouble(swaps::energy));
        swaps.minimize(best);
        for (int block = 0; block < best.length; block++) {
            labels[o][block] = choices.get(best[block]);
        }
        count(o);
    }

    private double[] usedByOthers(int o) {
        double[] others = new double[problem.inputs()];
        for (int other = 0; other < labels.length; other++) {
            for (int k = 0; k < others.length && other != o; k++) {
                others[k] += used[other][k];
            }
        }
        return others;
    }

    /** Returns two starts: every block at its cheapest label, and the current labelling. */
    private List<int[]> starts(int o, List<BlockLabel> choices, double[][] unary) {
        List<int[]> starts = new ArrayList<>();
        int[] cheapest = new int[problem.blocks()];
        for (int block = 0; block < cheapest.length; block++) {
            for (int label = 1; label < unary.length; label++) {
                boolean cheaper = unary[label][block] < unary[cheapest[block]][block];
                cheapest[block] = cheaper ? label : cheapest[block];
            }
        }
        starts.add(cheapest);
        int[] current = Arrays.stream(labels[o]).mapToInt(choices::indexOf).toArray();
        if (Arrays.stream(current).allMatch(label -> label >= 0)) {
            starts.add(current);
        }
        return starts;
    }

    private double[][] unary(int o, List<BlockLabel> choices, double[] crowding) {
        double[][] unary = new double[choices.size()][problem.blocks()];
        for (int label = 0; label < unary.length; label++) {
            BlockLabel choice = choices.get(label);
            double bonus = choice.isWhole() ? 0 : HALF_BONUS;
            for (int block = 0; block < problem.blocks(); block++) {
                double first = inputCost(o, choice.first(), block, crowding);
                double second = inputCost(o, choice.second(), block, crowding);
                unary[label][block] = 0.5 * (first + second) - bonus;
            }
        }
        return unary;
    }

    private double inputCost(int o, int input, int block, double[] crowding) {
        double push = pushed[o][input] ? 1 : 0;
        return problem.cost(input, block) + problem.exclusivity() * (2 * crowding[input] + push);
    }

    /** Returns a half-and-half label for every pair of the inputs that an output uses most. */
    private List<BlockLabel> halves(int o) {
        int[] most = IntStream.of(inputsOf(o))
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -used[o][k]))
                .limit(MIXED_INPUTS)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        List<BlockLabel> halves = new ArrayList<>();
        for (int a = 0; a < most.length; a++) {
            for (int b = a + 1; b < most.length; b++) {
                halves.add(new BlockLabel(most[a], most[b]));
            }
        }
        return halves;
    }

    /** Pushes two outputs of the same inputs apart: one pays extra for the first input and the other for the second. */
    private void pushApart() {
        for (int o = 0; o < labels.length; o++) {
            int[] inputs = inputsOf(o);
            for (int other = o + 1; other < labels.length && inputs.length > 1; other++) {
                if (Arrays.equals(inputs, inputsOf(other))) {
                    pushed[o][inputs[0]] = true;
                    pushed[other][inputs[1]] = true;
                }
            }
        }
    }

    private int[] inputsOf(int o) {
        return IntStream.range(0, problem.inputs()).filter(k -> used[o][k] > 0).toArray();
    }

    private void count(int o) {
        Arrays.fill(used[o], 0);
        for (BlockLabel label : labels[o]) {
            used[o][label.first()] += 0.5;
            used[o][label.second()] += 0.5;
        }
    }
}
