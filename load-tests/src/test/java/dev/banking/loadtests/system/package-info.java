@NullMarked
package dev.banking.loadtests.system;

import org.jspecify.annotations.NullMarked;
