/**
 * What the worker does now and then by itself.
 *
 * <p>Promises: one pass at a time, on a thread of its own, that ends with the worker in a bounded
 * time. Does not: know what a pass does, or when it failed.
 */
@NullMarked
package dev.banking.audit.schedule;

import org.jspecify.annotations.NullMarked;
