/**
 * How often somebody may ask.
 *
 * <p>Promises: a caller gets a burst and a steady rate, whichever instance is asked, at a fraction
 * of a Redis call per request; without Redis each instance limits by itself; failed logins are
 * limited much lower. Does not: protect from overload; that is the lanes' own bound.
 */
@NullMarked
package dev.banking.api.ratelimit;

import org.jspecify.annotations.NullMarked;
