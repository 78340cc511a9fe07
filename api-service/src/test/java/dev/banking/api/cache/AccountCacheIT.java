package dev.banking.api.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.api.Api;
import dev.banking.api.RealBackends;
import dev.banking.common.Money;
import dev.banking.localstack.Backends;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The cache, in a real Redis. */
@RealBackends
class AccountCacheIT {

  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Instant CREATED = Instant.parse("2026-11-01T12:00:00.123456Z");

  @LocalServerPort private int port;
  @Autowired private AccountCache cache;
  @Autowired private RedisConnections connections;
  @Autowired private JdbcClient jdbc;
  @Autowired private MeterRegistry metrics;

  private static CachedAccount account(long userId, long sequence) {
    return new CachedAccount(userId, new Money(sequence * 100), sequence, CREATED, CREATED);
  }

  @Test
  void keepsTheNewerOfTwoWriters() {
    awaitRedis();
    cache.keepNewer(List.of(account(-1, 9)), Instant.now()).join();
    cache.keepNewer(List.of(account(-1, 8)), Instant.now()).join();
    assertThat(cache.find(-1).account()).isEqualTo(account(-1, 9));
    cache.keepNewer(List.of(account(-1, 10)), Instant.now()).join();
    assertThat(cache.find(-1).account()).isEqualTo(account(-1, 10));

    var beyondDoubles = 9_007_199_254_740_993L;
    cache.keepNewer(List.of(at(-2, beyondDoubles)), Instant.now()).join();
    cache.keepNewer(List.of(at(-2, beyondDoubles - 1)), Instant.now()).join();
    assertThat(cache.find(-2).account()).isEqualTo(at(-2, beyondDoubles));
  }

  private static CachedAccount at(long userId, long sequence) {
    return new CachedAccount(userId, Money.ZERO, sequence, CREATED, CREATED);
  }

  @Test
  void countsTheTimeToLiveFromBeforeTheRead() {
    awaitRedis();
    cache.keepNewer(List.of(account(-3, 1)), Instant.now().minusSeconds(59)).join();
    assertThat(cache.find(-3).account()).isNotNull();
    await().atMost(Duration.ofSeconds(3)).until(() -> cache.find(-3).account() == null);
    cache.keepNewer(List.of(account(-4, 1)), Instant.now().minusSeconds(61)).join();
    assertThat(cache.find(-4).account()).as("its deadline has passed").isNull();
  }

  @Test
  void servesReadsFromRedis() {
    awaitRedis();
    var api = new Api(port);
    var id = api.createUser("5");
    api.put(id, "1");
    var hits = metrics.counter("banking.cache.reads", "result", "hit").count();
    assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(2);
    assertThat(metrics.counter("banking.cache.reads", "result", "hit").count()).isEqualTo(hits + 1);
    assertThat(api.get("/api/users/" + id, "Cache-Control", "no-cache").sequence()).isEqualTo(2);
    assertThat(metrics.counter("banking.cache.reads", "result", "hit").count()).isEqualTo(hits + 1);
  }

  @Test
  void readsPastTheCacheWhatIsCommitted() {
    awaitRedis();
    var api = new Api(port);
    var id = api.createUser("5");
    api.get("/api/users/" + id);
    jdbc.sql("UPDATE banking.account SET sequence = 7, balance = 3 WHERE user_id = ?")
        .param(id)
        .update();
    assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(1);
    assertThat(api.get("/api/users/" + id, "Cache-Control", "no-cache").sequence()).isEqualTo(7);
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(7));
  }

  @Test
  void costsNobodyAnythingWhileRedisIsAway() {
    awaitRedis();
    var api = new Api(port);
    var id = api.createUser("1000");
    Backends.shared().redis().kill();
    try {
      for (var i = 1; i <= 50; i++) {
        var changed = api.put(id, "-1");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(changed.sequence());
      }
      assertThat(metrics.counter("banking.cache.write.failures").count()).isPositive();
      assertThat(breaker("closed")).isZero();
    } finally {
      Backends.shared().redis().start();
    }
    awaitRedis();
    assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(51);
    assertThat(breaker("closed")).isEqualTo(1);
  }

  private double breaker(String state) {
    return metrics
        .get("resilience4j.circuitbreaker.state")
        .tags("name", "redis", "state", state)
        .gauge()
        .value();
  }

  @Test
  void neverShowsWhatIsOlderThanAnAnswer() throws IOException {
    awaitRedis();
    var api = new Api(port);
    var id = api.createUser("5");
    assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(1);
    // Longer than a write may take; reads go on.
    tellRedis("CLIENT PAUSE 400 WRITE");
    for (var i = 0; i < 10; i++) {
      var changed = api.put(id, "1").sequence();
      assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(changed);
    }
    awaitRedis();
    assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(11);
  }

  @Test
  void paysOnceForAStallOfRedisAndShowsWhatArrivedAfterIt() throws IOException {
    awaitRedis();
    cache.keepNewer(List.of(account(-5, 1)), Instant.now()).join();
    tellRedis("CLIENT PAUSE 5000 WRITE");
    cache.keepNewer(List.of(account(-5, 2)), Instant.now()).join();
    var start = System.nanoTime();
    for (var sequence = 3; sequence <= 20; sequence++) {
      cache.keepNewer(List.of(account(-5, sequence)), Instant.now()).join();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("18 changes behind one that was waited for")
        .isLessThan(Duration.ofMillis(200));
    assertThat(cache.find(-5).account()).as("Redis still has the first").isNull();
    // Before the timeout, so that the writes arrive after all. By word: a pause that ends by itself
    // does so when Redis looks at its clock, ten times a second.
    tellRedis("CLIENT UNPAUSE");
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(cache.find(-5).account()).isEqualTo(account(-5, 20)));
    tellRedis("FLUSHALL");
    cache.keepNewer(List.of(account(-5, 1)), Instant.now()).join();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() ->
            assertThat(cache.find(-5).account())
                .as("what has arrived is missed no more")
                .isEqualTo(account(-5, 1)));
  }

  @Test
  void letsOneReaderWaitForAStallOfRedis() throws IOException {
    awaitRedis();
    cache.keepNewer(List.of(account(-7, 1)), Instant.now()).join();
    tellRedis("CLIENT PAUSE 400 ALL");
    assertThat(cache.find(-7)).as("after the patience").isEqualTo(CacheAnswer.UNKNOWN);
    var start = System.nanoTime();
    for (var i = 0; i < 12; i++) {
      assertThat(cache.find(-7)).isEqualTo(CacheAnswer.UNKNOWN);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("twelve readers in the same stall")
        .isLessThan(Duration.ofMillis(150));
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(cache.find(-7).account()).isEqualTo(account(-7, 1)));
  }

  @Test
  void answersNoChangeBeforeItsWriteIsOnItsWay() throws Exception {
    awaitRedis();
    var go = new CountDownLatch(1);
    block(go);
    try {
      var start = System.nanoTime();
      cache.keepNewer(List.of(account(-8, 1)), Instant.now()).join();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("given up at the time limit, and not let go after the patience")
          .isGreaterThan(Duration.ofMillis(90));
    } finally {
      go.countDown();
    }
  }

  /** Lets the thread that sends to Redis wait. */
  private void block(CountDownLatch until) throws Exception {
    var here = Thread.currentThread();
    var blocked = new CompletableFuture<Boolean>();
    while (!blocked.isDone()) {
      var asked = new CompletableFuture<Void>();
      var _ =
          connections
              .sent()
              .thenRun(() -> {
                // Not there when it was through before we could say what to do.
                var isThere = !Thread.currentThread().equals(here);
                if (isThere) {
                  blocked.complete(true);
                }
                asked.complete(null);
                if (isThere) {
                  await().atMost(LONG).until(() -> until.getCount() == 0);
                }
              });
      asked.get();
    }
  }

  @Test
  void showsNothingOldToWhoAskedBeforeTheMissedOneArrived() throws IOException {
    awaitRedis();
    cache.keepNewer(List.of(account(-6, 1)), Instant.now()).join();
    tellRedis("CLIENT PAUSE 5000 WRITE");
    cache.keepNewer(List.of(account(-6, 2)), Instant.now()).join();
    var reader = Thread.currentThread().threadId();
    var isFirst = new AtomicBoolean(true);
    // Between the answer of Redis, which has the first, and what is made of it.
    cache
        .breaker()
        .getEventPublisher()
        .onSuccess(_ -> {
          if (Thread.currentThread().threadId() == reader && isFirst.getAndSet(false)) {
            letTheMissedOneArrive();
          }
        });
    assertThat(cache.find(-6).account()).isNull();
    assertThat(isFirst).isFalse();
  }

  /** Until it is missed no more: what is older than it would be shown. */
  private void letTheMissedOneArrive() {
    try {
      tellRedis("CLIENT UNPAUSE");
      await().atMost(LONG).until(() -> account(-6, 2).equals(cache.find(-6).account()));
      tellRedis("FLUSHALL");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cache.keepNewer(List.of(account(-6, 1)), Instant.now()).join();
    await().atMost(LONG).until(() -> account(-6, 1).equals(cache.find(-6).account()));
  }

  private static void tellRedis(String command) throws IOException {
    try (var socket =
        new Socket(InetAddress.getLoopbackAddress(), Backends.shared().redis().port())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('+');
    }
  }

  private void awaitRedis() {
    await()
        .atMost(LONG)
        .until(() -> {
          cache.keepNewer(List.of(account(-9, 1)), Instant.now()).join();
          return cache.find(-9).account() != null;
        });
  }
}
