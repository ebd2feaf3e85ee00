/** The mixup methods that GuidedMixup is compared with; each one is a {@link org.guidedmixup.BatchMixer}. Methods of several files have a package each. */
package org.guidedmixup.method;
