package org.guidedmixup.internal.graphcut;

import java.util.Arrays;

/**
 * Minimises an energy of binary variables, E(x) = Σ_v cost_v x_v + Σ_{u,v} weight_uv x_u (1 − x_v) with weights of at least
 * 0, by one maximum flow.
 *
 * <p>O(V² E C) time for a cut of cost C in the worst case, near linear on grids; O(V + E) memory; exact up to the rounding of
 * doubles. Two search trees, from the source and from the sink, are kept from one path to the next: Boykov and Kolmogorov, "An
 * Experimental Comparison of Min-Cut/Max-Flow Algorithms for Energy Minimization in Vision", 2004. For the equivalence of cuts
 * and such energies see Kolmogorov and Zabih, "What Energy Functions Can Be Minimized via Graph Cuts?", 2004.
 *
 * <p>Variables at 1 are those on the source's side. The links to source and sink are not stored as edges: their residual
 * capacity is one signed number per variable. An instance can be cleared and reused. Not thread-safe.
 */
public final class MinimumCut {
    private static final int NONE = -1;
    private static final int ROOT = -2;

    private static final byte FREE = 0;
    private static final byte SOURCE = 1;
    private static final byte SINK = 2;

    private int variables;
    private int arcs;

    /** Above 0: the capacity left from the source to the variable; below 0: the capacity left from the variable to the sink. */
    private double[] terminal = {};

    /** The first arc that leaves a variable; arcs a and a ^ 1 are each other's reverse. */
    private int[] firstArc = {};

    private int[] nextArc = new int[16];
    private int[] head = new int[16];
    private double[] residual = new double[16];

    /** The tree that a variable belongs to: SOURCE, SINK or FREE. */
    private byte[] tree = {};

    /** The arc from a variable to its parent in the tree; ROOT if that is the source or sink itself, NONE while it has none. */
    private int[] parent = {};

    /** The distance from the root, and the number of paths found when it was right. */
    private int[] distance = {};

    private int[] checked = {};
    private int paths;

    /** Variables whose arcs may lead out of their tree, in a ring; every variable is in it at most once. */
    private int[] active = {};

    private boolean[] isActive = {};
    private int firstActive;
    private int activeCount;

    /** Variables that have lost their parent. */
    private int[] orphans = {};

    private int orphanCount;

    /**
     * Makes an energy of 0.
     *
     * @param variables the number of variables
     */
    public MinimumCut(int variables) {
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
            tree = new byte[count];
            parent = new int[count];
            distance = new int[count];
            checked = new int[count];
            active = new int[count];
            isActive = new boolean[count];
            orphans = new int[count];
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
        plant();
        int v = nextActive();
        while (v != NONE) {
            int bridge = grow(v);
            if (bridge == NONE) {
                isActive[v] = false;
                v = nextActive();
            } else {
                paths++;
                push(bridge);
                adoptOrphans();
                if (tree[v] == FREE) {
                    isActive[v] = false;
                    v = nextActive();
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
        return tree[variable] == SOURCE;
    }

    /** Starts the trees with all variables that are linked to the source or sink. */
    private void plant() {
        paths = 0;
        firstActive = 0;
        activeCount = 0;
        orphanCount = 0;
        for (int v = 0; v < variables; v++) {
            isActive[v] = false;
            tree[v] = terminal[v] > 0 ? SOURCE : terminal[v] < 0 ? SINK : FREE;
            parent[v] = tree[v] == FREE ? NONE : ROOT;
            distance[v] = 1;
            checked[v] = 0;
            if (tree[v] != FREE) {
                activate(v);
            }
        }
    }

    private void activate(int v) {
        if (!isActive[v]) {
            isActive[v] = true;
            int at = firstActive + activeCount++;
            active[at < variables ? at : at - variables] = v;
        }
    }

    /** Takes the next active variable out of the ring; it stays marked until its arcs have been followed. */
    private int nextActive() {
        while (activeCount > 0) {
            int v = active[firstActive];
            firstActive = firstActive + 1 < variables ? firstActive + 1 : 0;
            activeCount--;
            if (tree[v] != FREE) {
                return v;
            }
            isActive[v] = false;
        }
        return NONE;
    }

    /** Adds free neighbours to the tree of a variable; returns an arc from the source's tree to the sink's if one is met. */
    private int grow(int v) {
        byte own = tree[v];
        int flip = own == SOURCE ? 0 : 1;
        for (int arc = firstArc[v]; arc != NONE; arc = nextArc[arc]) {
            if (residual[arc ^ flip] > 0) {
                int to = head[arc];
                if (tree[to] == FREE) {
                    tree[to] = own;
                    join(to, arc ^ 1, v);
                    activate(to);
                } else if (tree[to] != own) {
                    return arc ^ flip;
                } else if (checked[to] <= checked[v] && distance[to] > distance[v] + 1) {
                    join(to, arc ^ 1, v);
                }
            }
        }
        return NONE;
    }

    private void join(int v, int arc, int parentOfV) {
        parent[v] = arc;
        checked[v] = checked[parentOfV];
        distance[v] = distance[parentOfV] + 1;
    }

    /** Sends as much as possible from the source to the sink through an arc between the trees. */
    private void push(int bridge) {
        double amount = residual[bridge];
        int start = head[bridge ^ 1];
        for (; parent[start] != ROOT; start = head[parent[start]]) {
            amount = Math.min(amount, residual[parent[start] ^ 1]);
        }
        int end = head[bridge];
        for (; parent[end] != ROOT; end = head[parent[end]]) {
            amount = Math.min(amount, residual[parent[end]]);
        }
        amount = Math.min(amount, Math.min(terminal[start], -terminal[end]));
        send(bridge, amount);
        for (int v = head[bridge ^ 1]; v != start; ) {
            int arc = parent[v];
            send(arc ^ 1, amount);
            if (!(residual[arc ^ 1] > 0)) {
                cutOff(v);
            }
            v = head[arc];
        }
        for (int v = head[bridge]; v != end; ) {
            int arc = parent[v];
            send(arc, amount);
            if (!(residual[arc] > 0)) {
                cutOff(v);
            }
            v = head[arc];
        }
        terminal[start] -= amount;
        terminal[end] += amount;
        if (!(terminal[start] > 0)) {
            cutOff(start);
        }
        if (!(terminal[end] < 0)) {
            cutOff(end);
        }
    }

    private void send(int arc, double amount) {
        residual[arc] -= amount;
        residual[arc ^ 1] += amount;
    }

    private void cutOff(int v) {
        parent[v] = NONE;
        orphans[orphanCount++] = v;
    }

    /** Finds new parents for all orphans; those without become free, and their children orphans. */
    private void adoptOrphans() {
        while (orphanCount > 0) {
            int v = orphans[--orphanCount];
            int flip = tree[v] == SOURCE ? 1 : 0;
            int best = NONE;
            int least = Integer.MAX_VALUE;
            for (int arc = firstArc[v]; arc != NONE; arc = nextArc[arc]) {
                if (residual[arc ^ flip] > 0 && tree[head[arc]] == tree[v]) {
                    int far = distanceFromRoot(head[arc]);
                    if (far < least) {
                        least = far;
                        best = arc;
                    }
                }
            }
            if (best != NONE) {
                parent[v] = best;
                checked[v] = paths;
                distance[v] = least + 1;
            } else {
                release(v, flip);
            }
        }
    }

    /** Returns the distance from the root, and notes it along the way; the largest integer if an orphan lies on the way. */
    private int distanceFromRoot(int from) {
        int steps = 0;
        int v = from;
        while (checked[v] != paths || parent[v] == NONE) {
            if (parent[v] == NONE) {
                return Integer.MAX_VALUE;
            }
            if (parent[v] == ROOT) {
                checked[v] = paths;
                distance[v] = 1;
                break;
            }
            steps++;
            v = head[parent[v]];
        }
        int far = steps + distance[v];
        int left = far;
        for (int w = from; w != v; w = head[parent[w]]) {
            checked[w] = paths;
            distance[w] = left--;
        }
        return far;
    }

    private void release(int v, int flip) {
        for (int arc = firstArc[v]; arc != NONE; arc = nextArc[arc]) {
            int neighbour = head[arc];
            if (tree[neighbour] == tree[v]) {
                if (residual[arc ^ flip] > 0) {
                    activate(neighbour);
                }
                if (parent[neighbour] >= 0 && head[parent[neighbour]] == v) {
                    cutOff(neighbour);
                }
            }
        }
        tree[v] = FREE;
    }
}
