/** How near the greedy pairing comes to the optimum, and what each costs. */
package org.guidedmixup.bench.pairings;
