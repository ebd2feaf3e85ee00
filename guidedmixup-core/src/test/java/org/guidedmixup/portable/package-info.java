/** Tests of the transfers from ND4J's memory on the portable path, which GPUs use, in a JVM with counting buffers. */
package org.guidedmixup.portable;
