/**
 * What an operator watches of batches and breakers, under names that dashboards and alerts know.
 *
 * <p>Promises: nothing here costs a request anything; batches are counted once each, breakers only
 * when somebody asks. No label has a value that users choose. Does not: know what a command means.
 */
@NullMarked
package dev.banking.api.metrics;

import org.jspecify.annotations.NullMarked;
