/** The mixup methods that GuidedMixup is compared with; each one is a {@link org.guidedmixup.BatchMixer}. */
package org.guidedmixup.method;
