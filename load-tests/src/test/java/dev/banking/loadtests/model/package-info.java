@NullMarked
package dev.banking.loadtests.model;

import org.jspecify.annotations.NullMarked;
