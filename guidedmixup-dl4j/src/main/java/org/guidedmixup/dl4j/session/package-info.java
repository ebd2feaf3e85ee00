/**
 * SameDiff sessions for gradients: {@link org.guidedmixup.dl4j.session.GradientSession} computes variables of a gradient
 * function independently of {@code fit}, keeps its memory from one batch to the next, and leaves out work that is not needed.
 *
 * <p>How a gradient is used is decided in {@code org.guidedmixup.dl4j.saliency}, not here.
 */
package org.guidedmixup.dl4j.session;
