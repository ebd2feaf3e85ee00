/** What holds for any batch, tried on batches that are drawn: sizes, types, layouts in memory and contents. */
package org.guidedmixup.property;
