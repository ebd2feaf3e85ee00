package org.guidedmixup.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.guidedmixup.pairing.Pairing;
import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.PairedPlan;
import org.nd4j.linalg.api.buffer.DataType;

/** The values between which mixed pixels lie, if those values are finite. */
enum Hull {
    /** The pixel of the image and that of its target, at the same place. */
    OF_TWO_PIXELS,
    /** One of the two, never a blend; values that are not finite are copied too. */
    ONE_OF_TWO_PIXELS,
    /** All pixels of all images: for methods that move pixels or combine more than two images. */
    OF_THE_BATCH,
    /** The same, with labels that need not keep their sum. */
    OF_THE_BATCH_FREE_LABELS,
    NONE;

    void check(Batch batch, MixPlan plan, double[][] mixed, double[][] labels) {
        switch (this) {
            case OF_TWO_PIXELS, ONE_OF_TWO_PIXELS -> checkPairs(batch, ((PairedPlan) plan).pairing(), mixed);
            case OF_THE_BATCH, OF_THE_BATCH_FREE_LABELS -> checkBatch(batch, mixed);
            case NONE -> {}
        }
        checkLabels(batch, labels);
    }

    private void checkPairs(Batch batch, Pairing pairing, double[][] mixed) {
        for (int i = 0; i < batch.size(); i++) {
            double[] own = batch.pixels()[i];
            double[] partner = batch.pixels()[pairing.partner(i)];
            for (int p = 0; p < own.length; p++) {
                String where = "image " + i + " and " + pairing.partner(i) + ", value " + p;
                if (this == ONE_OF_TWO_PIXELS) {
                    boolean copied = same(mixed[i][p], own[p]) || same(mixed[i][p], partner[p]);
                    assertTrue(copied, where + ": " + mixed[i][p] + " of " + own[p] + ", " + partner[p]);
                } else if (Double.isFinite(own[p]) && Double.isFinite(partner[p])) {
                    double low = Math.min(own[p], partner[p]);
                    double high = Math.max(own[p], partner[p]);
                    assertBetween(low, high, mixed[i][p], batch.images().dataType(), where);
                }
            }
        }
    }

    private static boolean same(double a, double b) {
        return Double.compare(a, b) == 0 || a == b;
    }

    private static void checkBatch(Batch batch, double[][] mixed) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < batch.size(); i++) {
            for (double value : batch.pixels()[i]) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (Double.isFinite(low) && Double.isFinite(high)) {
            for (double[] image : mixed) {
                for (double value : image) {
                    assertBetween(low, high, value, batch.images().dataType(), "batch");
                }
            }
        }
    }

    private static void assertBetween(double low, double high, double value, DataType type, String where) {
        double smallest = type == DataType.FLOAT16 ? 6e-8 : 1e-38;
        double tolerance = Batch.rounding(type) * Math.max(Math.abs(low), Math.abs(high)) + smallest;
        assertTrue(
                value >= low - tolerance && value <= high + tolerance,
                where + ": " + value + " outside [" + low + ", " + high + "]");
    }

    private void checkLabels(Batch batch, double[][] labels) {
        // SnapMix gives both weights, each up to 2, to a label that image and partner share.
        double most = this == OF_THE_BATCH_FREE_LABELS ? 4 : 1;
        double tolerance = 4 * Batch.rounding(batch.labels().dataType());
        for (int i = 0; i < labels.length; i++) {
            double sum = 0;
            for (double share : labels[i]) {
                assertTrue(share >= 0 && share <= most + tolerance, "label " + share);
                sum += share;
            }
            if (this != OF_THE_BATCH_FREE_LABELS) {
                assertEquals(1, sum, tolerance, "labels of image " + i);
            }
        }
    }
}
