/** Mixup methods by name, and a batch mixed with every step kept for inspection. */
package org.guidedmixup.bench.mixing;
