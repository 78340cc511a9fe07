/**
 * The book as it is stored now, read for those who judge it or hand it on.
 *
 * <p>Promises: values become the bytes of docs/audit-format.md by code that shares nothing with
 * what wrote them; what is no value of the format becomes bytes that no entry was hashed from. Does
 * not: judge anything.
 */
@NullMarked
package dev.banking.audit.stored;

import org.jspecify.annotations.NullMarked;
