/**
 * Trainings of several methods on the same data with the same budget, and what the command line's {@code train} reports
 * of them. Single trainings, data and mixing come from the packages beside this one.
 */
package org.guidedmixup.bench.experiment;
