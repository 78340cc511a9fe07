@org.jspecify.annotations.NullMarked
package dev.banking.notification.inbox;
