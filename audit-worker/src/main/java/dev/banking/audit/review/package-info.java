/**
 * Reads the book for people and programs: search, entries, timelines, the state, exports.
 *
 * <p>Promises: an answer costs a page, however long the book is; exports hold a page in memory, and
 * no transaction. Does not: change anything, judge the book, or ask who is reading.
 */
@NullMarked
package dev.banking.audit.review;

import org.jspecify.annotations.NullMarked;
