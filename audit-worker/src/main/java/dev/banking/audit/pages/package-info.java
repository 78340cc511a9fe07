/**
 * The book for people: pages that a server renders, without scripts and without anything from
 * elsewhere.
 *
 * <p>Promises: works with a keyboard, on a phone, in the dark. Does not: ask the database; {@link
 * dev.banking.audit.review} does.
 */
@NullMarked
package dev.banking.audit.pages;

import org.jspecify.annotations.NullMarked;
