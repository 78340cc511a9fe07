/**
 * {@code make run}: the backends and the three applications in one terminal.
 *
 * <p>Promises: says what is wrong before it starts anything, shows one table when all is healthy,
 * and leaves neither a process nor a port behind. Does not: build the applications, and know more
 * about them than their jars, their environment and their health.
 */
@NullMarked
package dev.banking.localstack.run;

import org.jspecify.annotations.NullMarked;
