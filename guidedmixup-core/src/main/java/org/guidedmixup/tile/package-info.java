/**
 * Images cut into tiles: the saliency of each tile, and images assembled from the tiles of a batch. Which tile goes where is
 * decided in the method packages.
 */
package org.guidedmixup.tile;
