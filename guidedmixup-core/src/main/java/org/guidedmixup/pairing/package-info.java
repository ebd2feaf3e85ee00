/** Who is mixed with whom: the distance between saliency maps, and the strategies that pair a batch. */
package org.guidedmixup.pairing;
