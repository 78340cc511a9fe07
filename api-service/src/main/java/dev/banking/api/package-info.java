/**
 * The API: HTTP in; money, ledger and outbox in one transaction; events out.
 *
 * <p>Promises what the packages below promise; starts them. Does not decide anything itself.
 */
@NullMarked
package dev.banking.api;

import org.jspecify.annotations.NullMarked;
