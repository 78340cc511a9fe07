/** Tests of the load test, and the headline at full size against the whole system. */
@NullMarked
package dev.banking.loadtests;

import org.jspecify.annotations.NullMarked;
