package dev.banking.loadtests.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.client.HttpConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * One request's trace through the three real applications. The ratio is 0, so what is recorded is
 * what the client asks for.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TraceIT {

  private static final String REQUEST = "PUT /api/users/{userId}/balance";
  private static final String PUBLISH = "publish balance.updated";
  private static final String PROCESS = "process notifications";
  private static final String APPEND = "append audit-log";

  private final OtlpReceiver receiver = receiver();
  private Bank bank;

  private static OtlpReceiver receiver() {
    try {
      return new OtlpReceiver();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  void start() throws IOException {
    bank =
        Bank.start(
            Path.of(".."),
            Path.of("target", "tracing.log"),
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                receiver.endpoint(),
                "OTEL_TRACES_SAMPLER_ARG",
                "0"));
  }

  @AfterAll
  void stop() throws IOException {
    if (bank != null) {
      bank.close();
    }
    receiver.close();
  }

  private static String id(int bytes) {
    var id = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(id);
    id[0] = 1;
    return HexFormat.of().formatHex(id);
  }

  private int put(String traceparent) throws IOException {
    try (var connection = HttpConnection.open(bank.api().port())) {
      return connection
          .send(
              "PUT",
              "/api/users/1/balance",
              Map.of("traceparent", traceparent, "X-Request-Id", "traced"),
              "{\"amount\": 7.31}")
          .status();
    }
  }

  private static ReceivedSpan one(List<ReceivedSpan> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  private List<ReceivedSpan> awaitTrace(String traceId, int size) {
    await("a trace of " + size + " spans")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(receiver.trace(traceId))
                .withFailMessage(() -> SpanTree.format(receiver.spans()))
                .hasSize(size));
    return receiver.trace(traceId);
  }

  @Test
  void aPutIsOneTraceToBothWorkers() throws Exception {
    var traceId = id(16);
    var client = id(8);
    assertThat(put("00-" + traceId + "-" + client + "-01")).isEqualTo(200);

    var trace = awaitTrace(traceId, 8);
    var tree = SpanTree.format(receiver.spans());
    System.out.println(tree);
    var request = one(trace, REQUEST);
    var publish = one(trace, PUBLISH);
    assertThat(trace)
        .as(tree)
        .extracting(
            ReceivedSpan::name, ReceivedSpan::service, ReceivedSpan::kind, ReceivedSpan::parent)
        .containsExactlyInAnyOrder(
            tuple(REQUEST, "api-service", "SERVER", client),
            tuple("queue wait", "api-service", "INTERNAL", request.id()),
            tuple("transaction", "api-service", "INTERNAL", request.id()),
            tuple("outbox wait", "api-service", "INTERNAL", request.id()),
            tuple(PUBLISH, "api-service", "PRODUCER", request.id()),
            tuple(PROCESS, "notification-worker", "CONSUMER", publish.id()),
            tuple("deliver log", "notification-worker", "INTERNAL", one(trace, PROCESS).id()),
            tuple(APPEND, "audit-worker", "CONSUMER", publish.id()));
    assertThat(request.attributes())
        .as(tree)
        .containsEntry("http.response.status_code", "200")
        .containsEntry("http.request.id", "traced");
    assertThat(trace).as(tree).allMatch(span -> span.startNanos() <= span.endNanos());
    assertThat(tree).as("no amounts").doesNotContain("7.31");
  }

  @Test
  void aBatchIsATraceOfItsOwnLinkedBothWays() throws Exception {
    var traceId = id(16);
    put("00-" + traceId + "-" + id(8) + "-01");

    var trace = awaitTrace(traceId, 8);
    assertLinked("lane batch", one(trace, REQUEST), one(trace, "transaction"));
    assertLinked("notifications batch", one(trace, PUBLISH), one(trace, PROCESS));
    assertLinked("audit-log batch", one(trace, PUBLISH), one(trace, APPEND));
  }

  /** The batch links to where the member came from, the member's part in it to the batch. */
  private void assertLinked(String name, ReceivedSpan origin, ReceivedSpan part) {
    await()
        .untilAsserted(() -> {
          var batches =
              receiver.spans().stream()
                  .filter(span -> span.name().equals(name))
                  .filter(span -> span.links().contains(origin.itself()))
                  .toList();
          assertThat(batches)
              .withFailMessage(() -> SpanTree.format(receiver.spans()))
              .singleElement()
              .satisfies(batch -> {
                assertThat(batch.parent()).isEmpty();
                assertThat(batch.traceId()).isNotEqualTo(origin.traceId());
                assertThat(part.links()).containsExactly(batch.itself());
              });
        });
  }

  @Test
  void whatTheClientDoesNotRecordIsNotRecorded() throws Exception {
    var silent = id(16);
    put("00-" + silent + "-" + id(8) + "-00");
    put("garbage");
    var loud = id(16);
    put("00-" + loud + "-" + id(8) + "-01");

    awaitTrace(loud, 8);
    assertThat(receiver.spans())
        .filteredOn(span -> span.name().equals(REQUEST))
        .as("only those that were asked for")
        .allMatch(span -> !span.parent().isEmpty() && !span.traceId().equals(silent));
  }

  @Test
  void requestsDoNotNoticeACollectorThatIsAway() throws Exception {
    bank.secondApi().launch(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
    try {
      bank.secondApi().awaitReady();
      try (var connection = HttpConnection.open(bank.secondApi().port())) {
        for (var i = 0; i < 500; i++) {
          var headers = Map.of("traceparent", "00-" + id(16) + "-" + id(8) + "-01");
          var reply = connection.send("PUT", "/api/users/1/balance", headers, "{\"amount\": 1}");
          assertThat(reply.status()).isEqualTo(200);
        }
      }
    } finally {
      bank.secondApi().stop();
    }
  }
}
