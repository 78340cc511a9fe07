@org.jspecify.annotations.NullMarked
package dev.banking.api.warmup;
