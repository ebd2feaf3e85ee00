/**
 * The results of training runs: a table for the console, {@code results.csv}, {@code results.json} and
 * {@code report.html}. This package knows nothing of training itself, or of where its numbers come from.
 */
package org.guidedmixup.bench.report;
