/**
 * Keys and tokens for development.
 *
 * <p>Promises: the private key stays on this machine, readable by its owner alone, and no
 * application has it. Needs nothing but a JDK, so that {@code make token} works without a build:
 * the sources run as they are. Does not: know the applications.
 */
@NullMarked
package dev.banking.localstack.token;

import org.jspecify.annotations.NullMarked;
