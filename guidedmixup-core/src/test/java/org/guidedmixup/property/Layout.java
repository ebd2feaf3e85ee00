package org.guidedmixup.property;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The memory layouts of an array. */
enum Layout {
    ROW_MAJOR,
    COLUMN_MAJOR {
        @Override
        Stored store(double[] values, DataType type, long[] shape, SplittableRandom random) {
            return Stored.whole(dense(values, type, shape).dup('f'));
        }
    },
    PERMUTED {
        @Override
        Stored store(double[] values, DataType type, long[] shape, SplittableRandom random) {
            INDArray array = dense(values, type, shape);
            int[] axes = permutation(shape.length, random);
            INDArray memory = array.permute(axes).dup(random.nextBoolean() ? 'c' : 'f');
            return new Stored(memory, memory.permute(inverse(axes)));
        }
    },
    /** A part of every axis of a larger array. */
    PART {
        @Override
        Stored store(double[] values, DataType type, long[] shape, SplittableRandom random) {
            return part(dense(values, type, shape), random, 1);
        }
    },
    /** Every second or third element of a larger array. */
    SPREAD {
        @Override
        Stored store(double[] values, DataType type, long[] shape, SplittableRandom random) {
            return part(dense(values, type, shape), random, 2 + random.nextInt(2));
        }
    },
    /** One of several batches in an array with one more axis. */
    SLICE {
        @Override
        Stored store(double[] values, DataType type, long[] shape, SplittableRandom random) {
            int count = 2 + random.nextInt(2);
            int at = random.nextInt(count);
            long[] larger = new long[shape.length + 1];
            larger[0] = count;
            System.arraycopy(shape, 0, larger, 1, shape.length);
            double[] elements = new double[count * values.length];
            Arrays.fill(elements, FILLER);
            System.arraycopy(values, 0, elements, at * values.length, values.length);
            INDArray memory = dense(elements, type, larger);
            return new Stored(memory, memory.slice(at));
        }
    },
    /** A part of an array whose axes are then exchanged. */
    PERMUTED_PART {
        @Override
        Stored store(double[] values, DataType type, long[] shape, SplittableRandom random) {
            int[] axes = permutation(shape.length, random);
            Stored part = part(dense(values, type, shape).permute(axes).dup('c'), random, 1);
            return new Stored(part.memory, part.array.permute(inverse(axes)));
        }
    };

    /** The value around a part: results show if it is read. */
    private static final double FILLER = 77;

    /**
     * An array and the memory it lives in.
     *
     * @param memory the whole memory
     * @param array a view of it, or the memory itself
     */
    record Stored(INDArray memory, INDArray array) {
        static Stored whole(INDArray array) {
            return new Stored(array, array);
        }
    }

    /** Stores values, given in 'c' order, in this layout. */
    Stored store(double[] values, DataType type, long[] shape, SplittableRandom random) {
        return Stored.whole(dense(values, type, shape));
    }

    /** Returns a row-major array without gaps. */
    static INDArray dense(double[] values, DataType type, long[] shape) {
        return Nd4j.createFromArray(values).castTo(type).reshape('c', shape);
    }

    private static Stored part(INDArray array, SplittableRandom random, int step) {
        int rank = array.rank();
        long[] larger = new long[rank];
        long[] from = new long[rank];
        INDArrayIndex[] index = new INDArrayIndex[rank];
        for (int d = 0; d < rank; d++) {
            from[d] = random.nextInt(3);
            long span = array.size(d) * step;
            larger[d] = from[d] + span + random.nextInt(3);
            index[d] = step == 1
                    ? NDArrayIndex.interval(from[d], from[d] + span)
                    : NDArrayIndex.interval(from[d], step, from[d] + span);
        }
        INDArray memory = Nd4j.valueArrayOf(larger, FILLER, DataType.DOUBLE);
        long[] at = new long[rank];
        double[] values = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        for (double value : values) {
            long[] position = new long[rank];
            for (int d = 0; d < rank; d++) {
                position[d] = from[d] + at[d] * step;
            }
            memory.putScalar(position, value);
            next(at, array.shape());
        }
        INDArray typed = memory.castTo(array.dataType());
        return new Stored(typed, typed.get(index));
    }

    private static void next(long[] position, long[] shape) {
        for (int d = shape.length - 1; d >= 0; d--) {
            if (++position[d] < shape[d]) {
                return;
            }
            position[d] = 0;
        }
    }

    private static int[] permutation(int rank, SplittableRandom random) {
        int[] axes = new int[rank];
        for (int i = 0; i < rank; i++) {
            int j = random.nextInt(i + 1);
            axes[i] = axes[j];
            axes[j] = i;
        }
        return axes;
    }

    private static int[] inverse(int[] axes) {
        int[] inverse = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            inverse[axes[i]] = i;
        }
        return inverse;
    }
}
