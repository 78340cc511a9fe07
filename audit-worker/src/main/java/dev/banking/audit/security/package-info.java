/**
 * Who may read the book.
 *
 * <p>Promises: without authentication it is readable from this machine only, unless it was told
 * otherwise; with tokens, by whoever has the scope {@code audit:read}; every reading is in {@code
 * audit.access_log} before it is answered. Does not: make tokens.
 */
@NullMarked
package dev.banking.audit.security;

import org.jspecify.annotations.NullMarked;
