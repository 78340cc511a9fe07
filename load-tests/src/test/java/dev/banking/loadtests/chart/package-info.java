/**
 * Reads what the Helm chart makes of its values, and holds it against what the applications know.
 */
@NullMarked
package dev.banking.loadtests.chart;

import org.jspecify.annotations.NullMarked;
