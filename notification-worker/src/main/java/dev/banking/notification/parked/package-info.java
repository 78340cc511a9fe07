/**
 * The parking queue in the hands of a person: {@code parked list} and {@code parked replay}.
 *
 * <p>Promises: a message is in one of the two queues at every moment, whatever is killed; nothing
 * is replayed before the database has a record of who does it, which nobody can change. Does not:
 * run inside the worker, or judge whether a replay will help.
 */
@NullMarked
package dev.banking.notification.parked;

import org.jspecify.annotations.NullMarked;
