/**
 * Batches before and after mixing as one picture: {@link org.guidedmixup.dl4j.gallery.MixupGallery} shows the first batches of a
 * DataSetIterator. The other classes are what such pictures are drawn with.
 */
package org.guidedmixup.dl4j.gallery;
