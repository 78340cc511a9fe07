package dev.banking.api.tracing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TracingTest {

  private static final String RECORDED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String SILENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

  private static Tracing to(String endpoint, double ratio) {
    return new Tracing(
        new TracingProperties(
            endpoint, ratio, 512, 512, Duration.ofHours(1), Duration.ofMillis(200)));
  }

  private static List<String> exporters() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("BatchSpanProcessor"))
        .toList();
  }

  @Test
  void withoutAnEndpointThereIsNothing(CapturedOutput output) {
    var before = exporters();
    try (var tracing = to("", 1)) {
      assertThat(tracing.request("PUT", "r", null).traceparent()).isNull();
      assertThat(tracing.request("PUT", "r", RECORDED).traceparent())
          .as("handed on as it came")
          .isEqualTo(RECORDED);
      assertThat(tracing.batch("b", List.of(RECORDED), trace -> trace).isRecording()).isFalse();
      assertThat(tracing.start("s", SpanKind.PRODUCER, RECORDED).isRecording()).isFalse();
      tracing.over("o", RECORDED, Instant.EPOCH);
      assertThat(exporters()).isEqualTo(before);
    }
    assertThat(output.getAll()).doesNotContainIgnoringCase("warn").doesNotContain("4318");
  }

  @Test
  void theClientDecidesWhatIsRecordedAndElseTheRatio() {
    try (var never = to("http://127.0.0.1:1", 0);
        var always = to("http://127.0.0.1:1", 1)) {
      assertThat(Traceparent.isSampled(never.request("PUT", "r", RECORDED).traceparent())).isTrue();
      assertThat(Traceparent.isSampled(never.request("PUT", "r", null).traceparent())).isFalse();
      assertThat(Traceparent.isSampled(always.request("PUT", "r", SILENT).traceparent())).isFalse();
      assertThat(Traceparent.isSampled(always.request("PUT", "r", null).traceparent())).isTrue();
    }
  }

  @Test
  void aRequestStaysInTheTraceOfItsClient() {
    try (var tracing = to("http://127.0.0.1:1", 0)) {
      assertThat(tracing.request("PUT", "r", SILENT).traceparent())
          .startsWith(SILENT.substring(0, 36))
          .endsWith("-00")
          .isNotEqualTo(SILENT);
    }
  }

  @Test
  void aBatchHasASpanOnlyIfAMemberIsRecorded() {
    try (var tracing = to("http://127.0.0.1:1", 0)) {
      assertThat(tracing.batch("b", List.of(SILENT, SILENT), trace -> trace).isRecording())
          .isFalse();
      assertThat(tracing.batch("b", List.of(SILENT, RECORDED), trace -> trace).isRecording())
          .isTrue();
    }
  }

  @Test
  @Timeout(value = 20, unit = SECONDS)
  void spansThatNobodyTakesAreDroppedAndNotWaitedFor() {
    try (var tracing = to("http://127.0.0.1:1", 1)) {
      assertThatCode(
              () -> {
                for (var i = 0; i < 10_000; i++) {
                  tracing.request("PUT", "r", null).end(new RequestTimes(), 200, "/route");
                }
              })
          .doesNotThrowAnyException();
    }
  }
}
