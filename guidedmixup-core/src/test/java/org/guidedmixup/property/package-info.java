/** Properties that hold for any batch, tested on random sizes, types, memory layouts and contents. */
package org.guidedmixup.property;
