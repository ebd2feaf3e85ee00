/** Pairs of a data set as several methods mix them, side by side on one page. */
package org.guidedmixup.bench.gallery;
