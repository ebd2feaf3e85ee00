/** The command line. */
package org.guidedmixup.bench;
