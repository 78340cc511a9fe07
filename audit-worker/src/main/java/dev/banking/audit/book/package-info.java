/**
 * The book: {@code audit.audit_log}, every event once, each entry chained to the one before it.
 *
 * <h2>The format, byte for byte</h2>
 *
 * <p>The hash of an entry is SHA-256 over two things, one after the other:
 *
 * <ol>
 *   <li>the 32 bytes of the previous entry's hash; for position 1 the genesis hash, which is
 *       SHA-256 of the ASCII text {@code dev.banking/audit-log};
 *   <li>the canonical bytes of the entry: its fields in the order below, each as a length of four
 *       bytes (unsigned, big-endian), followed by that many bytes. A null is the length {@code
 *       FFFFFFFF} with nothing after it; an empty text is the length 0.
 * </ol>
 *
 * <p>The fields, in this order, are exactly the columns up to {@code event}:
 *
 * <pre>
 *  1 format          number    the format of this entry: 1
 *  2 position        number    1, 2, 3, … without gaps
 *  3 event_id        uuid
 *  4 event_type      text
 *  5 actor           text
 *  6 user_id         number
 *  7 sequence        number
 *  8 operation_id    uuid
 *  9 amount          amount
 * 10 balance_before  amount
 * 11 balance_after   amount
 * 12 outcome         text      applied, refused or created
 * 13 reason          text      null unless refused
 * 14 request_id      text
 * 15 traceparent     text      null when the message had none
 * 16 occurred_at     time
 * 17 recorded_at     time      never before that of the previous entry
 * 18 event           bytes     the message's body, exactly as it was received
 * </pre>
 *
 * <p>A value is hashed as it is stored, not as it was computed:
 *
 * <ul>
 *   <li>text: its UTF-8 bytes, nothing normalised;
 *   <li>number: ASCII digits, no sign, no leading zero;
 *   <li>amount: ASCII, {@code -} when below zero, digits without a leading zero except the one
 *       before the point, a point, exactly two digits: {@code -2.00}, {@code 0.05}, {@code 0.00};
 *   <li>uuid: 36 ASCII characters, lower case, with hyphens;
 *   <li>time: 27 ASCII characters, UTC, exactly six decimals, the rest cut off: {@code
 *       2026-11-01T12:00:00.000001Z}; microseconds are what the database keeps;
 *   <li>bytes: as they are.
 * </ul>
 *
 * <p>{@code docs/audit-format.md} says the same for those who write a verifier, with an example.
 *
 * <p>Promises: positions have no gaps and no event is in the book twice, however many writers there
 * are; what cannot be written leaves no trace. Does not: read the broker, retry, or judge whether
 * an event's own figures add up: it writes down what was said.
 */
@NullMarked
package dev.banking.audit.book;

import org.jspecify.annotations.NullMarked;
