package dev.banking.api.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Decides which spans without a parent are recorded: a share of the requests, and every batch,
 * because a batch has a span only if it has a recorded member.
 */
final class RequestRatio implements Sampler {

  private final Sampler ofRequests;

  RequestRatio(double ratio) {
    ofRequests = Sampler.traceIdRatioBased(ratio);
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    return kind == SpanKind.SERVER
        ? ofRequests.shouldSample(parent, traceId, name, kind, attributes, links)
        : SamplingResult.recordAndSample();
  }

  @Override
  public String getDescription() {
    return "RequestRatio{" + ofRequests.getDescription() + "}";
  }
}
