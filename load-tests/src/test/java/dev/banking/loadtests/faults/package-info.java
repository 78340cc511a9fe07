/**
 * The fault suite: breaks one part of the whole system after the other under a mixed load, and
 * checks afterwards that no answer was a lie and that all books agree.
 *
 * <p>Promises: every fault ends with a line in one table, and with the system whole again for the
 * next. Does not: repair anything by hand, or look away from an answer because something was broken
 * at the time.
 */
@NullMarked
package dev.banking.loadtests.faults;

import org.jspecify.annotations.NullMarked;
