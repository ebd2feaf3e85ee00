/** HTML pages from templates, with everything that comes from outside escaped. */
package org.guidedmixup.bench.html;
