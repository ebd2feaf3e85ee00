package org.guidedmixup.plan;

import org.guidedmixup.mask.MixMask;

/** A plan that says of every pixel how much of it an image keeps. */
public interface MaskedPlan extends PairedPlan {

    /**
     * The share of every pixel that an image keeps.
     *
     * @return the mask
     */
    MixMask mask();
}
