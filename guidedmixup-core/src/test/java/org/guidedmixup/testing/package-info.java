/** What tests of every module share; the module's test-jar holds this package alone. No tests are here. */
package org.guidedmixup.testing;
