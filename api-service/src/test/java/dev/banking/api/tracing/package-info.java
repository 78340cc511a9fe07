@NullMarked
package dev.banking.api.tracing;

import org.jspecify.annotations.NullMarked;
