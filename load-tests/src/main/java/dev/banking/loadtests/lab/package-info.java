/**
 * What every part of the benchmark works with: the system, the programs that it is compared with,
 * users, and the settings of the run.
 *
 * <p>Promises: all that it starts ends with it, and its folder is gone. Does not: measure.
 */
@NullMarked
package dev.banking.loadtests.lab;

import org.jspecify.annotations.NullMarked;
