/** SnapMix: boxes of different sizes, and labels weighted by class activation maps. */
package org.guidedmixup.method.snapmix;
