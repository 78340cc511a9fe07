@NullMarked
package dev.banking.api.replica;

import org.jspecify.annotations.NullMarked;
