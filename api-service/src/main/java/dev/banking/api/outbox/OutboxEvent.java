package dev.banking.api.outbox;

import dev.banking.common.BankingEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event and the trace that it belongs to.
 *
 * @param event what happened
 * @param traceparent W3C Trace Context of the request
 */
public record OutboxEvent(BankingEvent event, @Nullable String traceparent) {}
