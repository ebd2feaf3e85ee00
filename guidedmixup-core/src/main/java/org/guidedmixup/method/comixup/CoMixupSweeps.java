package org.guidedmixup.method.comixup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.guidedmixup.internal.graphcut.LabelSwaps;

/**
 * Improves one output at a time with the others fixed: what the others use becomes a cost per input, so the labelling of one
 * output is a cut problem with many labels. From the second sweep on, inputs that an output already mixes can also share a
 * block. Before the last sweep, outputs that use the same inputs are pushed apart.
 */
final class CoMixupSweeps {
    /** How much cheaper half-and-half blocks are than the mean of their inputs, as in the authors' code. */
    private static final double HALF_BONUS = 5e-4;

    /** The number of most used inputs of an output that form half-and-half pairs. */
    private static final int MIXED_INPUTS = 3;

    private final CoMixupProblem problem;

    /** The label of every block of every output. */
    private final BlockLabel[][] labels;

    /** The number of blocks of every input in every output, and in all of them; multiples of ½, so sums are exact. */
    private final double[][] used;

    private final double[] usedByAll;

    /** Whether an output pays extra for an input, to make it differ from a similar output. */
    private final boolean[][] pushed;

    /** Whole blocks of every input: the labels that every output can choose from. */
    private final List<BlockLabel> whole;

    /** The cost of every input at every block of one output, [inputs][blocks]. */
    private final double[][] inputCosts;

    /** The distances of labels: those of whole blocks stay, those of the half-and-half ones change with the output. */
    private final double[][] distances;

    /**
     * Starts with random whole blocks.
     *
     * @param problem the problem to solve
     * @param outputs the number of outputs
     * @param random draws the start
     */
    CoMixupSweeps(CoMixupProblem problem, int outputs, RandomGenerator random) {
        this.problem = problem;
        labels = new BlockLabel[outputs][problem.blocks()];
        used = new double[outputs][problem.inputs()];
        usedByAll = new double[problem.inputs()];
        pushed = new boolean[outputs][problem.inputs()];
        whole = BlockLabel.whole(problem.inputs());
        inputCosts = new double[problem.inputs()][problem.blocks()];
        int mostLabels = problem.inputs() + MIXED_INPUTS * (MIXED_INPUTS - 1) / 2;
        distances = new double[mostLabels][mostLabels];
        setDistances(whole, 0);
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
        List<BlockLabel> choices = whole;
        if (shareBlocks) {
            choices = new ArrayList<>(whole);
            choices.addAll(halves(o));
            setDistances(choices, whole.size());
        }
        double[][] unary = unary(o, choices, problem.crowding(usedByOthers(o)));
        LabelSwaps swaps = new LabelSwaps(problem.side(), unary, distances);
        int[] best = Collections.min(starts(o, choices, unary), Comparator.comparingDouble(swaps::energy));
        swaps.minimize(best);
        for (int block = 0; block < best.length; block++) {
            labels[o][block] = choices.get(best[block]);
        }
        count(o);
    }

    /** Sets the distances between all labels and those from a position on. */
    private void setDistances(List<BlockLabel> choices, int from) {
        for (int a = from; a < choices.size(); a++) {
            for (int b = 0; b <= a; b++) {
                distances[a][b] = problem.smoothness() * choices.get(a).distance(choices.get(b));
                distances[b][a] = distances[a][b];
            }
        }
    }

    private double[] usedByOthers(int o) {
        double[] others = new double[problem.inputs()];
        for (int k = 0; k < others.length; k++) {
            others[k] = usedByAll[k] - used[o][k];
        }
        return others;
    }

    /** Returns the starts: every block at its cheapest label, and the current labelling if all of it can be chosen. */
    private List<int[]> starts(int o, List<BlockLabel> choices, double[][] unary) {
        List<int[]> starts = new ArrayList<>();
        int[] cheapest = new int[problem.blocks()];
        double[] least = unary[0].clone();
        for (int label = 1; label < unary.length; label++) {
            double[] costs = unary[label];
            for (int block = 0; block < costs.length; block++) {
                if (costs[block] < least[block]) {
                    least[block] = costs[block];
                    cheapest[block] = label;
                }
            }
        }
        starts.add(cheapest);
        int[] current = new int[problem.blocks()];
        for (int block = 0; block < current.length; block++) {
            BlockLabel label = labels[o][block];
            current[block] = label.isWhole() ? label.first() : choices.indexOf(label);
            if (current[block] < 0) {
                return starts;
            }
        }
        starts.add(current);
        return starts;
    }

    private double[][] unary(int o, List<BlockLabel> choices, double[] crowding) {
        for (int input = 0; input < inputCosts.length; input++) {
            double push = pushed[o][input] ? 1 : 0;
            double crowded = problem.exclusivity() * (2 * crowding[input] + push);
            for (int block = 0; block < problem.blocks(); block++) {
                inputCosts[input][block] = problem.cost(input, block) + crowded;
            }
        }
        double[][] unary = new double[choices.size()][];
        for (int label = 0; label < unary.length; label++) {
            BlockLabel choice = choices.get(label);
            unary[label] = choice.isWhole() ? inputCosts[choice.first()] : halfCosts(choice);
        }
        return unary;
    }

    private double[] halfCosts(BlockLabel half) {
        double[] costs = new double[problem.blocks()];
        for (int block = 0; block < costs.length; block++) {
            costs[block] = 0.5 * (inputCosts[half.first()][block] + inputCosts[half.second()][block]) - HALF_BONUS;
        }
        return costs;
    }

    /** Returns a half-and-half label for every pair of the inputs that an output uses most; of equal ones, the first. */
    private List<BlockLabel> halves(int o) {
        boolean[] most = new boolean[problem.inputs()];
        for (int n = 0; n < MIXED_INPUTS; n++) {
            int next = -1;
            for (int k = 0; k < most.length; k++) {
                if (!most[k] && used[o][k] > (next < 0 ? 0 : used[o][next])) {
                    next = k;
                }
            }
            if (next >= 0) {
                most[next] = true;
            }
        }
        List<BlockLabel> halves = new ArrayList<>();
        for (int a = 0; a < most.length; a++) {
            for (int b = a + 1; b < most.length && most[a]; b++) {
                if (most[b]) {
                    halves.add(new BlockLabel(a, b));
                }
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
        double[] own = used[o];
        for (int k = 0; k < own.length; k++) {
            usedByAll[k] -= own[k];
            own[k] = 0;
        }
        for (BlockLabel label : labels[o]) {
            own[label.first()] += 0.5;
            own[label.second()] += 0.5;
            usedByAll[label.first()] += 0.5;
            usedByAll[label.second()] += 0.5;
        }
    }
}
