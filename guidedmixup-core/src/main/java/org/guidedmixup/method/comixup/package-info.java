/** Co-Mixup: every output takes blocks from as many inputs as it pays, and outputs differ from each other. */
package org.guidedmixup.method.comixup;
