/**
 * Hands the book on, in one file that anybody can check with the public key alone.
 *
 * <p>Promises: every stored value that is hashed, as it is stored, sound or not; memory that does
 * not grow with the book; a closing signature over all of it. Does not: judge; the verifiers do.
 */
@NullMarked
package dev.banking.audit.export;

import org.jspecify.annotations.NullMarked;
