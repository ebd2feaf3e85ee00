package org.guidedmixup.plan;

import org.guidedmixup.mask.MixMask;

/** A plan with a mask: the share of every pixel that an image keeps. */
public interface MaskedPlan extends PairedPlan {

    /**
     * Returns the share of every pixel that an image keeps.
     *
     * @return the mask
     */
    MixMask mask();
}
