@org.jspecify.annotations.NullMarked
package dev.banking.audit.retention;
