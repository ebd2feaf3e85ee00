/**
 * PuzzleMix: a minimum cut decides which blocks of two images to keep, and salient tiles move to the blocks where they are
 * kept. Settings, energies and transport.
 */
package org.guidedmixup.method.puzzle;
