/**
 * What was decided for a batch, as values: plans that mix images and labels, and the checked sizes of a batch. Who decides is
 * told in the packages of the methods.
 */
package org.guidedmixup.plan;
