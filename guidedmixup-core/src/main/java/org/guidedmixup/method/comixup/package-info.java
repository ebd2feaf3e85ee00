/**
 * Co-Mixup: outputs that each combine salient blocks of several inputs and differ from each other; settings, energy and solver.
 */
package org.guidedmixup.method.comixup;
