/**
 * What training runs gave: a table for the console, {@code results.csv}, {@code results.json} and {@code report.html}.
 * Training itself, and where its numbers come from, is not known here.
 */
package org.guidedmixup.bench.report;
