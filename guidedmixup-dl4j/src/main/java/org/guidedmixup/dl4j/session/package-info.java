/**
 * SameDiff sessions for gradients: {@link org.guidedmixup.dl4j.session.GradientSession} computes variables of a gradient
 * function beside {@code fit}, keeps its memory from one batch to the next, and leaves out work that nobody asked for.
 *
 * <p>What is made of a gradient is decided elsewhere: in {@code org.guidedmixup.dl4j.saliency}.
 */
package org.guidedmixup.dl4j.session;
