package dev.banking.loadtests.tracing;

import java.util.Comparator;
import java.util.List;

/** The spans of some traces as a person reads them: each below its parent, with its times. */
final class SpanTree {

  private final List<ReceivedSpan> spans;
  private final StringBuilder text = new StringBuilder();

  private SpanTree(List<ReceivedSpan> spans) {
    this.spans = spans.stream().sorted(Comparator.comparingLong(ReceivedSpan::startNanos)).toList();
  }

  /** A root is a span whose parent is not among them. */
  static String format(List<ReceivedSpan> spans) {
    var tree = new SpanTree(spans);
    for (var span : tree.spans) {
      if (spans.stream().noneMatch(other -> isChild(span, other))) {
        tree.text.append("trace ").append(span.traceId());
        tree.text.append(span.parent().isEmpty() ? "" : ", parent " + span.parent()).append('\n');
        tree.add(span, 1, span.startNanos());
      }
    }
    return tree.text.isEmpty() ? "no spans" : tree.text.toString();
  }

  private static boolean isChild(ReceivedSpan span, ReceivedSpan of) {
    return span.parent().equals(of.id()) && span.traceId().equals(of.traceId());
  }

  private void add(ReceivedSpan span, int depth, long originNanos) {
    text.append(
        "%s%s [%s, %s] at %.1f ms for %.1f ms %s%s%n"
            .formatted(
                "  ".repeat(depth),
                span.name(),
                span.service(),
                span.kind(),
                (span.startNanos() - originNanos) / 1e6,
                (span.endNanos() - span.startNanos()) / 1e6,
                span.attributes(),
                span.links().isEmpty() ? "" : " links " + span.links()));
    for (var other : spans) {
      if (isChild(other, span)) {
        add(other, depth + 1, originNanos);
      }
    }
  }
}
