@NullMarked
package dev.banking.loadtests.lab;

import org.jspecify.annotations.NullMarked;
