/**
 * Reads the book for people and programs: search, entries, timelines, the state, exports.
 *
 * <p>Promises: an answer costs a page, however long the book is; exports hold a page in memory, and
 * no transaction; every reading is itself written down before it is answered. Does not: change
 * anything, or judge the book.
 */
@NullMarked
package dev.banking.audit.review;

import org.jspecify.annotations.NullMarked;
