/** The same results whatever thread, JVM or number of threads computes them. */
package org.guidedmixup.concurrency;
