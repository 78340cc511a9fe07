@NullMarked
package dev.banking.loadtests.generator;

import org.jspecify.annotations.NullMarked;
