package org.guidedmixup.bench.model;

import java.util.Locale;
import java.util.Random;

/**
 * How the weights of convolutions are drawn. The weights and the bias of the last, fully connected layer are always
 * uniform between -1 and 1 over the root of its inputs, as PyTorch draws them.
 */
public enum Initialization {
    /** Normal with variance 2 / fanIn (He et al. 2015). */
    HE {
        @Override
        double draw(Random random, int fanIn) {
            return random.nextGaussian() * Math.sqrt(2.0 / fanIn);
        }
    },
    /**
     * Uniform between -1 and 1 over the root of fanIn, PyTorch's default ({@code kaiming_uniform_} with a = sqrt(5)): a
     * sixth of the variance of {@link #HE}.
     */
    PYTORCH {
        @Override
        double draw(Random random, int fanIn) {
            return uniform(random, fanIn);
        }
    };

    /**
     * Draws the weight of a convolution.
     *
     * @param random modified
     * @param fanIn inputs of each output, kernel pixels times channels
     */
    abstract double draw(Random random, int fanIn);

    /** Draws uniformly between -1 and 1 over the root of the inputs. */
    static double uniform(Random random, int fanIn) {
        return (2 * random.nextDouble() - 1) * (1 / Math.sqrt(fanIn));
    }

    /** Returns the name on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
