/** Draft. */
package org.guidedmixup.dl4j;
