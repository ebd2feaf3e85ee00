/** How much of every pixel an image keeps when it is blended with its target. */
package org.guidedmixup.mask;
