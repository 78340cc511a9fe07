/**
 * Starts: how soon the API is ready and fast, and what the first users see.
 *
 * <p>Promises: each start is a fresh one, with new data and all parts starting side by side. Does
 * not: warm anything up by itself.
 */
@NullMarked
package dev.banking.loadtests.start;

import org.jspecify.annotations.NullMarked;
