package dev.banking.loadtests.tracing;

import static java.util.stream.Collectors.toMap;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as a collector gets it.
 *
 * @param service whose it is
 * @param parent the parent's span id; empty: none
 * @param attributes all as text
 */
record ReceivedSpan(
    String service,
    String name,
    String kind,
    String traceId,
    String id,
    String parent,
    long startNanos,
    long endNanos,
    List<Linked> links,
    Map<String, String> attributes) {

  /** What a span is linked to. */
  record Linked(String traceId, String id) {}

  static ReceivedSpan of(String service, Span span) {
    return new ReceivedSpan(
        service,
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getLinksList().stream()
            .map(link -> new Linked(hex(link.getTraceId()), hex(link.getSpanId())))
            .toList(),
        span.getAttributesList().stream()
            .collect(
                toMap(
                    attribute -> attribute.getKey(),
                    attribute ->
                        attribute.getValue().hasIntValue()
                            ? Long.toString(attribute.getValue().getIntValue())
                            : attribute.getValue().getStringValue(),
                    (first, _) -> first,
                    TreeMap::new)));
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  Linked itself() {
    return new Linked(traceId, id);
  }
}
