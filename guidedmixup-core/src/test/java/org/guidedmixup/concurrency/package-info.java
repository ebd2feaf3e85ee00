/** Tests that results do not depend on the thread, the JVM or the number of threads. */
package org.guidedmixup.concurrency;
