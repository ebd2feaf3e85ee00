/**
 * PuzzleMix: which blocks of two images to keep is decided by a minimum cut, and what is salient moves to where it is kept.
 */
package org.guidedmixup.method.puzzle;
