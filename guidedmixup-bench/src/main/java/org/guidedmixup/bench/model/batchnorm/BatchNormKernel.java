package org.guidedmixup.bench.model.batchnorm;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * The arithmetic of {@link BatchNormTraining} and its gradient on c-ordered [N, C, H, W] floats in host memory.
 *
 * <p>Channels are independent and run in parallel, so results do not depend on the number of threads. One channel of a
 * batch usually fits the second-level cache: the second pass over it is cheap. Sums run in four float lanes within a
 * chunk and in double across planes.
 *
 * @param gamma   scale of each channel, not modified
 * @param beta    shift of each channel, not modified
 * @param epsilon added to the variance
 * @param relu    whether ReLU follows
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: a parameter object inside this package.
record BatchNormKernel(float[] gamma, float[] beta, double epsilon, boolean relu) {

    /** Elements read at once: they stay in the first-level cache. */
    private static final int CHUNK = 2048;

    /** Sizes of the arrays: images, channels, pixels of a plane. */
    record Planes(int batch, int channels, int pixels) {
        int offset(int image, int channel) {
            return (image * channels + channel) * pixels;
        }

        double perChannel() {
            return (double) batch * pixels;
        }
    }

    /** Mean and biased variance of each channel. */
    @SuppressWarnings("ArrayRecordComponent")
    record Moments(float[] mean, float[] variance) {}

    /** Gradient of the loss with respect to gamma and beta. */
    @SuppressWarnings("ArrayRecordComponent")
    record ParameterGradient(float[] gamma, float[] beta) {}

    /**
     * Normalizes.
     *
     * @param x      [N, C, H, W], not modified
     * @param planes sizes of x
     * @param y      [N, C, H, W], modified
     * @return the moments of the batch
     */
    Moments forward(FloatBuffer x, Planes planes, FloatBuffer y) {
        Moments moments = new Moments(new float[planes.channels], new float[planes.channels]);
        IntStream.range(0, planes.channels).parallel().forEach(channel -> {
            float[] values = new float[CHUNK];
            measure(x, planes, channel, values, moments);
            normalize(x, planes, channel, values, moments, y);
        });
        return moments;
    }

    /**
     * Mean and variance from sums of {@code x - pivot} and its square, the pivot being the mean of the first image's
     * plane. That pivot is at most sqrt(N) standard deviations from the mean, so the difference of the two sums loses
     * no more than a factor N of precision, whatever the mean.
     */
    private static void measure(FloatBuffer x, Planes planes, int channel, float[] values, Moments moments) {
        ChannelSums first = new ChannelSums(0);
        addPlane(x, planes, 0, channel, values, first);
        ChannelSums sums = new ChannelSums((float) (first.sum / planes.pixels));
        for (int image = 0; image < planes.batch; image++) {
            addPlane(x, planes, image, channel, values, sums);
        }
        double shift = sums.sum / planes.perChannel();
        moments.mean[channel] = (float) (sums.pivot + shift);
        moments.variance[channel] = (float) Math.max(0, sums.squares / planes.perChannel() - shift * shift);
    }

    private static void addPlane(
            FloatBuffer x, Planes planes, int image, int channel, float[] values, ChannelSums sums) {
        int offset = planes.offset(image, channel);
        for (int done = 0; done < planes.pixels; done += CHUNK) {
            int count = Math.min(CHUNK, planes.pixels - done);
            x.get(offset + done, values, 0, count);
            sums.add(values, count);
        }
    }

    private void normalize(FloatBuffer x, Planes planes, int channel, float[] values, Moments moments, FloatBuffer y) {
        float scale = scale(moments, channel);
        float shift = shift(moments, channel);
        for (int image = 0; image < planes.batch; image++) {
            int offset = planes.offset(image, channel);
            for (int done = 0; done < planes.pixels; done += CHUNK) {
                int count = Math.min(CHUNK, planes.pixels - done);
                x.get(offset + done, values, 0, count);
                scaleAndShift(values, count, scale, shift);
                y.put(offset + done, values, 0, count);
            }
        }
    }

    private void scaleAndShift(float[] values, int count, float scale, float shift) {
        if (relu) {
            for (int i = 0; i < count; i++) {
                values[i] = Math.max(0f, scale * values[i] + shift);
            }
        } else {
            for (int i = 0; i < count; i++) {
                values[i] = scale * values[i] + shift;
            }
        }
    }

    /**
     * Propagates the gradient. With g the gradient with respect to y (where ReLU passed it), n = N H W, and x' the
     * normalized x: {@code d beta = sum g}, {@code d gamma = sum g x'}, {@code dx = gamma / sigma (g - d beta / n - x'
     * d gamma / n)}.
     *
     * @param x         [N, C, H, W], not modified
     * @param gradientY [N, C, H, W], not modified
     * @param planes    sizes of x
     * @param moments   what {@link #forward} returned for x
     * @param gradientX [N, C, H, W], modified
     * @return the gradients of gamma and beta
     */
    ParameterGradient backward(
            FloatBuffer x, FloatBuffer gradientY, Planes planes, Moments moments, FloatBuffer gradientX) {
        ParameterGradient parameters = new ParameterGradient(new float[planes.channels], new float[planes.channels]);
        IntStream.range(0, planes.channels).parallel().forEach(channel -> {
            ChannelGradient pass = new ChannelGradient(
                    scale(moments, channel), shift(moments, channel), moments.mean[channel], relu, CHUNK);
            for (int image = 0; image < planes.batch; image++) {
                int offset = planes.offset(image, channel);
                for (int done = 0; done < planes.pixels; done += CHUNK) {
                    pass.load(x, gradientY, offset + done, Math.min(CHUNK, planes.pixels - done));
                    pass.accumulate();
                }
            }
            double inverse = inverseDeviation(moments, channel);
            parameters.gamma[channel] = (float) (pass.sumCentred() * inverse);
            parameters.beta[channel] = (float) pass.sum();
            float slope =
                    (float) (-gamma[channel] * inverse * inverse * inverse * pass.sumCentred() / planes.perChannel());
            float constant = (float) (-gamma[channel] * inverse * pass.sum() / planes.perChannel());
            for (int image = 0; image < planes.batch; image++) {
                int offset = planes.offset(image, channel);
                for (int done = 0; done < planes.pixels; done += CHUNK) {
                    pass.load(x, gradientY, offset + done, Math.min(CHUNK, planes.pixels - done));
                    pass.storeGradient(slope, constant, gradientX, offset + done);
                }
            }
        });
        return parameters;
    }

    private double inverseDeviation(Moments moments, int channel) {
        return 1 / Math.sqrt(moments.variance[channel] + epsilon);
    }

    private float scale(Moments moments, int channel) {
        return (float) (gamma[channel] * inverseDeviation(moments, channel));
    }

    private float shift(Moments moments, int channel) {
        return (float) (beta[channel] - moments.mean[channel] * gamma[channel] * inverseDeviation(moments, channel));
    }
}
