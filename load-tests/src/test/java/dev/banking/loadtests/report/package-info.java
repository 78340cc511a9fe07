@NullMarked
package dev.banking.loadtests.report;

import org.jspecify.annotations.NullMarked;
