package dev.banking.api.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;

/** Sets the SDK up. On its own, so that nothing of it is loaded without an endpoint. */
final class Exporting {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** As many as a batch may have members. */
  private static final int MAX_LINKS = 1_000;

  private static final int MAX_ATTRIBUTE_LENGTH = 256;

  private Exporting() {}

  static SdkTracerProvider provider(TracingProperties properties, String serviceName) {
    // Not tried again: the queue is for what comes meanwhile.
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(properties.tracesUrl())
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setTimeout(properties.timeout())
            .setRetryPolicy(null)
            .build();
    var processor =
        BatchSpanProcessor.builder(exporter)
            .setMaxQueueSize(properties.maxQueued())
            .setMaxExportBatchSize(properties.maxExported())
            .setScheduleDelay(properties.delay())
            .setExporterTimeout(properties.timeout())
            .build();
    return SdkTracerProvider.builder()
        .setResource(
            Resource.getDefault()
                .merge(
                    Resource.create(
                        Attributes.of(AttributeKey.stringKey("service.name"), serviceName))))
        .setSampler(Sampler.parentBased(new RequestRatio(properties.share())))
        .setSpanLimits(
            SpanLimits.builder()
                .setMaxNumberOfLinks(MAX_LINKS)
                .setMaxAttributeValueLength(MAX_ATTRIBUTE_LENGTH)
                .build())
        .addSpanProcessor(processor)
        .build();
  }
}
