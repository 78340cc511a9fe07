package dev.banking.audit.book;

import dev.banking.common.BankingEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event as it came.
 *
 * @param event what it says
 * @param body its bytes, exactly as received; not to be changed afterwards
 * @param traceparent W3C Trace Context of the request behind it
 */
// An array for what is only handed on: nobody compares two of these.
@SuppressWarnings("ArrayRecordComponent")
public record Received(BankingEvent event, byte[] body, @Nullable String traceparent) {}
