/**
 * The worker as a whole, against real backends.
 *
 * <p>Promises: what is shown here is shown on a real broker and a real database. Does not: look
 * inside the worker; the tests of its packages do.
 */
@org.jspecify.annotations.NullMarked
package dev.banking.notification;
