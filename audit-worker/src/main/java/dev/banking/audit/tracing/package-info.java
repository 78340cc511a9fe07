/**
 * The traces that messages belong to, and go on with here.
 *
 * <p>Promises: without {@code OTEL_EXPORTER_OTLP_ENDPOINT} there is no SDK, no thread and no
 * connection; with it, spans wait for the exporter in a bounded queue, and what does not fit is
 * dropped. Does not: begin traces of messages that have none, or tell what messages say.
 */
@NullMarked
package dev.banking.audit.tracing;

import org.jspecify.annotations.NullMarked;
