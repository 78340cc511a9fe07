/**
 * What a benchmark found, for people and for programs: medians, ratios with their bars, tables,
 * pictures.
 *
 * <p>Promises: a missed bar is shown as missed, and a figure that was not measured as not measured.
 * Does not: measure.
 */
@NullMarked
package dev.banking.loadtests.report;

import org.jspecify.annotations.NullMarked;
