/** Helpers for the tests of every module; the module's test-jar holds only this package. No tests are here. */
package org.guidedmixup.testing;
