/**
 * The way from one version to the next and back, while clients go on.
 *
 * <p>Promises: each part of the system is replaced by itself, and both versions work beside each
 * other for a while, in each pair that can happen. Does not: say how the earlier jars were made.
 */
@NullMarked
package dev.banking.loadtests.upgrade;

import org.jspecify.annotations.NullMarked;
