/**
 * What a request spent its time on: the {@code Server-Timing} of its reply, and its trace.
 *
 * <p>Promises: without {@code OTEL_EXPORTER_OTLP_ENDPOINT} there is no SDK, no thread and no
 * connection; with it, spans wait for the exporter in a bounded queue, and what does not fit is
 * dropped. Does not: slow a request down because the collector is slow or away, or tell amounts,
 * tokens or paths.
 */
@NullMarked
package dev.banking.api.tracing;

import org.jspecify.annotations.NullMarked;
