/** How much of every pixel an image keeps when it is blended with its partner. */
package org.guidedmixup.mask;
