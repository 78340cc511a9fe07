/**
 * What the commands of an operator have in common: their options, their exit codes, and where the
 * running system is.
 *
 * <p>Promises: finds the system as {@code make load-test} does, and never prints a password. Does
 * not: connect to anything.
 */
@NullMarked
package dev.banking.audit.command;

import org.jspecify.annotations.NullMarked;
