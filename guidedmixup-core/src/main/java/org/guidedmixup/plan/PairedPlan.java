package org.guidedmixup.plan;

import org.guidedmixup.mask.MixMask;
import org.guidedmixup.pairing.Pairing;

/** A plan that mixes every image with one partner, in place, by a share for every pixel. */
public interface PairedPlan extends MixPlan {

    /**
     * Who is mixed with whom.
     *
     * @return the pairing
     */
    Pairing pairing();

    /**
     * The share of every pixel that the source keeps.
     *
     * @return the mask
     */
    MixMask mask();
}
