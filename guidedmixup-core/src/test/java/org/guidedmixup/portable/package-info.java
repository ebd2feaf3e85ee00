/** What the portable path, that of a GPU, fetches from ND4J's memory: counted in a JVM whose buffers count. */
package org.guidedmixup.portable;
