/**
 * The commands for legal holds: while one is not released, nothing that it touches is dropped from
 * the book, however old.
 *
 * <p>Promises: who, why and when of each hold and of its release, which nobody can change; that it
 * was done, or looked at, is in {@code audit.access_log} like every reading of the book. Does not:
 * drop anything, or decide what is old.
 */
@NullMarked
package dev.banking.audit.hold;

import org.jspecify.annotations.NullMarked;
