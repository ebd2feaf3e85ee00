/** Mixup methods by name, and a batch mixed with every step kept to be looked at. */
package org.guidedmixup.bench.mixing;
