/**
 * The mixup methods that GuidedMixup is compared with, each a {@link org.guidedmixup.BatchMixer}. A method of several files has
 * a package of its own below this one.
 */
package org.guidedmixup.method;
