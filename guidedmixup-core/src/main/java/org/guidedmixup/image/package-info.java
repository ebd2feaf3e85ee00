/** Which values of an array mean black and white, translated from and to 8 bits. */
package org.guidedmixup.image;
