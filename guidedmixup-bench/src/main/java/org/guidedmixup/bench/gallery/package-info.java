/** Mixed pairs side by side, method by method, as one HTML page and one picture. */
package org.guidedmixup.bench.gallery;
