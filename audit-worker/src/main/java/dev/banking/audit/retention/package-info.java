/**
 * Makes the months of the book ahead, and drops those that are older than {@code AUDIT_RETENTION}.
 *
 * <p>Promises: a month is dropped only when the book is sound, a later head is signed, nothing
 * holds it, and its entries are in a signed file; what was dropped is signed as a cut, in the same
 * transaction. Does not: drop anything unless a retention is set, or without the database's own
 * consent: {@code audit.retire_month} looks at age, cut and holds again.
 */
@NullMarked
package dev.banking.audit.retention;

import org.jspecify.annotations.NullMarked;
