/**
 * Accounts as last seen, in Redis.
 *
 * <p>Promises: of two writers the newer sequence wins, whatever order they arrive in; a value
 * expires at a deadline counted from before it was read, so an old reader never outlives a newer
 * writer; Redis slow or away costs no request more than the timeout and, after a few, nothing. Does
 * not: decide anything; a balance is never changed because of what stands here.
 */
@NullMarked
package dev.banking.api.cache;

import org.jspecify.annotations.NullMarked;
