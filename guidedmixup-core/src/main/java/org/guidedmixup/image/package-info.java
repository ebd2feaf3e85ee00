/** The values of an array that mean black and white, and their conversion to and from 8 bits. */
package org.guidedmixup.image;
