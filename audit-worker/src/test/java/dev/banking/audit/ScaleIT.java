package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.reconcile.Books;
import dev.banking.audit.seal.SigningKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how fast everything is with a long book. Asserts what must hold on any machine: that all
 * comes out, and that search goes by an index. {@code -Dentries=1000000
 * -Dtest.jvm.options=-Xmx256m} for the figures of the documentation.
 */
class ScaleIT {

  private static final Logger LOG = LoggerFactory.getLogger(ScaleIT.class);
  private static final int ENTRIES = Integer.getInteger("entries", 50_000);
  private static final int PART = 10_000;
  private static final long[] USERS = LongStream.rangeClosed(1, 1_000).toArray();

  private final TestDatabase database = new TestDatabase();
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder = Path.of("");

  @Test
  void staysFastWithALongBook() throws Exception {
    var _ = new Books(database);
    try (var worker = Worker.start(database, "--audit.checkpoint.interval=5s")) {
      var changes = new Changes(new SplittableRandom(1));
      var nanos = 0L;
      for (var written = 0; written < ENTRIES; written += PART) {
        var some = changes.some(PART, USERS);
        var begin = System.nanoTime();
        worker.append(some);
        nanos += System.nanoTime() - begin;
      }
      LOG.info("Appended, 200 at a time: {} entries/s", Math.round(ENTRIES * 1e9 / nanos));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> worker.gauge("audit.checkpoint.position") == ENTRIES);
      writeLedger();
      verify();
      search(worker);
      export(worker);
      verifyOffline();
    }
  }

  private void writeLedger() {
    database
        .application()
        .sql(
            """
            INSERT INTO banking.ledger_entry
            SELECT user_id, sequence, amount, balance_after, operation_id, actor, request_id,
                   occurred_at
              FROM audit.audit_log WHERE outcome <> 'refused'
            """)
        .update();
    database.superuser().sql("VACUUM ANALYZE audit.audit_log").update();
  }

  /** In this process, and as make audit-verify does it, in one of its own. */
  private void verify() throws Exception {
    var operator = new Operator(database);
    for (var times = 0; times < 2; times++) {
      assertThat(operator.types("verify")).as(operator.sees()).isZero();
      LOG.info("Verified: {}", operator.sees().replace('\n', ' '));
    }
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java, "-Xmx128m", "-XX:+UseSerialGC", "-jar", "target/audit-worker.jar", "verify");
    builder.environment().putAll(operator.environment());
    builder.redirectErrorStream(true);
    var process = builder.start();
    var says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(says).isZero();
    LOG.info("Verified by the command: {}", says.replace('\n', ' '));
  }

  private void verifyOffline() {
    var file = folder.resolve("book.ndjson").toString();
    var begin = System.nanoTime();
    assertThat(new Operator(database).types("export", "--out", file)).isZero();
    LOG.info("Exported: {} entries/s", Math.round(ENTRIES * 1e9 / (System.nanoTime() - begin)));
    var publicKey = SigningKey.publicFile(Worker.signingKey(database));
    begin = System.nanoTime();
    var answer = OfflineVerifier.run(publicKey, List.of(file));
    assertThat(answer.exitCode()).as(answer.says()).isZero();
    LOG.info(
        "Verified offline: {} entries/s", Math.round(ENTRIES * 1e9 / (System.nanoTime() - begin)));
  }

  private void search(Worker worker) throws Exception {
    var plan =
        database
            .superuser()
            .sql(
                """
                EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF) SELECT * FROM audit.audit_log
                 WHERE user_id = 7 AND position < 9223372036854775807
                 ORDER BY position DESC LIMIT 51
                """)
            .query(String.class)
            .list();
    LOG.info("The first page by user:\n{}", String.join("\n", plan));
    assertThat(plan).anyMatch(line -> line.contains("user_id_position_idx"));
    for (var path : new String[] {"/api/audit/entries?user=7", "/?user=7", "/users/7"}) {
      time(worker, path);
      time(worker, path);
      LOG.info("{}: {} ms", path, time(worker, path));
    }
    for (var query :
        new String[] {
          "outcome=refused",
          "actor=ada",
          "requestId=request-77",
          "type=user.created",
          "from=2026-11-02&to=2026-11-03",
          "amountMin=108",
          "user=7&outcome=refused"
        }) {
      LOG.info("{}: {} ms", query, time(worker, "/api/audit/entries?" + query));
    }
  }

  private long time(Worker worker, String path) throws Exception {
    var begin = System.nanoTime();
    var answer = client.send(request(worker, path), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private void export(Worker worker) throws Exception {
    for (var path :
        new String[] {"/export.csv", "/export.ndjson", "/api/audit/users/7/statement"}) {
      var file = folder.resolve("export" + path.replace('/', '-'));
      var begin = System.nanoTime();
      client.send(request(worker, path), BodyHandlers.ofFile(file));
      var seconds = (System.nanoTime() - begin) / 1e9;
      try (var lines = Files.lines(file)) {
        var count = lines.count();
        LOG.info("{}: {} lines in {} s, {} bytes", path, count, seconds, Files.size(file));
        assertThat(count).isGreaterThanOrEqualTo(path.contains("user") ? 20 : ENTRIES);
      }
    }
    LOG.info("Heap of at most {} MiB", Runtime.getRuntime().maxMemory() >> 20);
  }

  private static HttpRequest request(Worker worker, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + worker.port() + path)).build();
  }
}
