/**
 * Batches before and after mixing as one picture: {@link org.guidedmixup.dl4j.gallery.MixupGallery} shows the first batches of a
 * DataSetIterator. The other classes draw such pictures.
 */
package org.guidedmixup.dl4j.gallery;
