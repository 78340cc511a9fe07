/**
 * Proves the book, or names what was done to it: {@code verify}, and a job of the worker.
 *
 * <p>Promises: one read-only snapshot, each table read once, in memory that does not grow with the
 * book; a finding says what it is and where. Does not: share the code that writes the book, or
 * repair anything.
 */
@NullMarked
package dev.banking.audit.verify;

import org.jspecify.annotations.NullMarked;
