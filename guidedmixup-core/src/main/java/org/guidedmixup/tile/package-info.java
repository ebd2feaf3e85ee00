/** Images cut into equal tiles: how salient each tile is, and images put together from the tiles of a batch. */
package org.guidedmixup.tile;
