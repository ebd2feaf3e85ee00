/** Pairs of a data set that many methods mix, and the page that shows them side by side. */
package org.guidedmixup.bench.gallery;
