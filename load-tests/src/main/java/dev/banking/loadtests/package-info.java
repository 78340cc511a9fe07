/**
 * The load test: fires the headline at a running system and checks its books afterwards.
 *
 * <p>Promises: a verdict from what can be seen from outside, HTTP and SQL, and changes no row but
 * through the API. Does not: start a system, or share a line of code with the one it checks.
 */
@NullMarked
package dev.banking.loadtests;

import org.jspecify.annotations.NullMarked;
