package org.guidedmixup;

import java.util.Optional;
import org.guidedmixup.plan.MixPlan;

/**
 * A plan together with what it was drawn from.
 *
 * @param batch the batch as the mixer saw it, with the saliency it looked at; behind another mixer, the batch as that one left
 *     it; empty if the mixer does not tell
 * @param plan what was drawn
 */
public record MixSteps(Optional<Batch> batch, MixPlan plan) {}
