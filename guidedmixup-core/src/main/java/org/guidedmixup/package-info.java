/** Draft. */
package org.guidedmixup;
