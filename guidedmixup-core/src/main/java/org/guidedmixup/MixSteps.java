package org.guidedmixup;

import java.util.Optional;
import org.guidedmixup.plan.MixPlan;

/**
 * A plan together with the batch it was drawn for.
 *
 * @param batch the batch as the mixer saw it, with the saliency it used; in a sequence, the batch as the first mixer left it;
 *     empty if the mixer does not report it
 * @param plan the plan that was drawn
 */
public record MixSteps(Optional<Batch> batch, MixPlan plan) {}
