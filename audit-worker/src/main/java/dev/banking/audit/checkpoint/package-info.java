/**
 * Signs the head of the book now and then, with a key that the database does not have.
 *
 * <p>Promises: of several workers one signs; a checkpoint is in the table before it is anywhere
 * else; the file of copies has every one that is in the table. Does not: judge the book; {@link
 * dev.banking.audit.verify} does. What it happens to see while it signs it says.
 */
@NullMarked
package dev.banking.audit.checkpoint;

import org.jspecify.annotations.NullMarked;
