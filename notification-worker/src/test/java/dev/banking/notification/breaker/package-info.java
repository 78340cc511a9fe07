@NullMarked
package dev.banking.notification.breaker;

import org.jspecify.annotations.NullMarked;
