/**
 * Rows as arrays, one per column, for {@code INSERT … SELECT FROM unnest(…)}: one statement and one
 * round trip for any number of rows.
 *
 * <p>Promises: elements in the order of the rows. Does not: know any table.
 */
@NullMarked
package dev.banking.api.sql;

import org.jspecify.annotations.NullMarked;
