package org.guidedmixup.internal.graphcut;

import java.util.Arrays;

/** {@link MinimumCut} by blocking flows along shortest paths (Dinic 1970), which starts over for every length of path. */
public final class PlainMinimumCut {
    private static final int NONE = -1;

    private int variables;
    private int arcs;

    /** Above 0: the capacity left from the source to the variable; below 0: the capacity left from the variable to the sink. */
    private double[] terminal = {};

    /** The first arc that leaves a variable; arcs a and a ^ 1 are each other's reverse. */
    private int[] firstArc = {};

    private int[] nextArc = new int[16];
    private int[] head = new int[16];
    private double[] residual = new double[16];

    /** Distance from the source in the residual graph, NONE where unreachable. */
    private int[] level = {};

    private int[] currentArc = {};
    private int[] queue = {};

    /** The arcs from the source's variable to the current position of the search. */
    private int[] path = {};

    /**
     * Makes an energy of 0.
     *
     * @param variables the number of variables
     */
    public PlainMinimumCut(int variables) {
        clear(variables);
    }

    /**
     * Resets the energy to 0.
     *
     * @param count the number of variables
     */
    public void clear(int count) {
        if (terminal.length < count) {
            terminal = new double[count];
            firstArc = new int[count];
            level = new int[count];
            currentArc = new int[count];
            queue = new int[count];
            path = new int[count];
        }
        variables = count;
        arcs = 0;
        Arrays.fill(terminal, 0, count, 0);
        Arrays.fill(firstArc, 0, count, NONE);
    }

    /**
     * Adds cost · x_v.
     *
     * @param variable v
     * @param cost finite; below 0 rewards x_v = 1
     */
    public void addCost(int variable, double cost) {
        terminal[variable] -= cost;
    }

    /**
     * Adds forward · x_u (1 − x_v) + backward · x_v (1 − x_u).
     *
     * @param u a variable
     * @param v another variable
     * @param forward at least 0; infinite forbids x_u = 1 with x_v = 0
     * @param backward at least 0
     * @throws IllegalArgumentException if a weight is negative or NaN
     */
    public void addPair(int u, int v, double forward, double backward) {
        if (!(forward >= 0 && backward >= 0)) {
            throw new IllegalArgumentException("weights " + forward + " and " + backward + ": expected at least 0");
        }
        if (arcs + 2 > head.length) {
            nextArc = Arrays.copyOf(nextArc, 2 * arcs + 2);
            head = Arrays.copyOf(head, 2 * arcs + 2);
            residual = Arrays.copyOf(residual, 2 * arcs + 2);
        }
        addArc(u, v, forward);
        addArc(v, u, backward);
    }

    private void addArc(int from, int to, double capacity) {
        head[arcs] = to;
        residual[arcs] = capacity;
        nextArc[arcs] = firstArc[from];
        firstArc[from] = arcs++;
    }

    /**
     * Finds a minimum; if there are several, the one with the fewest variables at 1. Destroys the energy: clear it before
     * reuse.
     */
    public void solve() {
        while (findLevels()) {
            System.arraycopy(firstArc, 0, currentArc, 0, variables);
            for (int v = 0; v < variables; v++) {
                if (terminal[v] > 0) {
                    sendFrom(v);
                }
            }
        }
    }

    /**
     * Returns the value of a variable in the minimum found.
     *
     * @param variable the variable
     * @return true for 1
     */
    public boolean isOne(int variable) {
        return level[variable] != NONE;
    }

    /** Searches breadth first from the source; returns whether the sink can be reached. */
    private boolean findLevels() {
        int tail = 0;
        for (int v = 0; v < variables; v++) {
            level[v] = NONE;
            if (terminal[v] > 0) {
                level[v] = 0;
                queue[tail++] = v;
            }
        }
        boolean reached = false;
        for (int first = 0; first < tail; first++) {
            int v = queue[first];
            for (int arc = firstArc[v]; arc != NONE; arc = nextArc[arc]) {
                int to = head[arc];
                if (residual[arc] > 0 && level[to] == NONE) {
                    level[to] = level[v] + 1;
                    reached |= terminal[to] < 0;
                    queue[tail++] = to;
                }
            }
        }
        return reached;
    }

    /** Sends the source's remaining capacity for a variable to the sink, along arcs that lead one level further. */
    private void sendFrom(int start) {
        int depth = 0;
        int v = start;
        while (terminal[start] > 0) {
            if (terminal[v] < 0) {
                push(start, v, depth);
                depth = 0;
                v = start;
                continue;
            }
            int arc = currentArc[v];
            while (arc != NONE && !(residual[arc] > 0 && level[head[arc]] == level[v] + 1)) {
                arc = nextArc[arc];
            }
            currentArc[v] = arc;
            if (arc != NONE) {
                path[depth++] = arc;
                v = head[arc];
            } else if (depth > 0) {
                arc = path[--depth];
                v = head[arc ^ 1];
                currentArc[v] = nextArc[arc];
            } else {
                return;
            }
        }
    }

    private void push(int start, int end, int depth) {
        double amount = Math.min(terminal[start], -terminal[end]);
        for (int i = 0; i < depth; i++) {
            amount = Math.min(amount, residual[path[i]]);
        }
        for (int i = 0; i < depth; i++) {
            residual[path[i]] -= amount;
            residual[path[i] ^ 1] += amount;
        }
        terminal[start] -= amount;
        terminal[end] += amount;
    }
}
