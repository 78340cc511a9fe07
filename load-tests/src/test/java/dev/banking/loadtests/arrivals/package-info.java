@NullMarked
package dev.banking.loadtests.arrivals;

import org.jspecify.annotations.NullMarked;
