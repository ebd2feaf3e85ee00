package org.guidedmixup;

import org.guidedmixup.plan.MixPlan;
import org.guidedmixup.plan.MixedBatch;

/**
 * A batch that was planned and mixed in one go.
 *
 * @param plan the plan that was drawn
 * @param mixed what the plan makes of the batch
 */
public record PlannedBatch(MixPlan plan, MixedBatch mixed) {}
