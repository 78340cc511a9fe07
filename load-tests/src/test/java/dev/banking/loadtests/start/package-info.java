@NullMarked
package dev.banking.loadtests.start;

import org.jspecify.annotations.NullMarked;
