/**
 * The API's description and a page to read and try it.
 *
 * <p>Promises: nothing is loaded from anywhere else. Does not: check that the description is true;
 * the tests do.
 */
@NullMarked
package dev.banking.api.docs;

import org.jspecify.annotations.NullMarked;
