/** Files: arrays in NumPy's format, and writing in a way that leaves no half-written file behind. */
package org.guidedmixup.bench.io;
