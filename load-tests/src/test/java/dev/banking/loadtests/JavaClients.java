package dev.banking.loadtests;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The headline without k6: 1,000 clients on virtual threads, real HTTP. */
final class JavaClients {

  private static final int UNEXPECTED_TOLD = 5;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();
  private final RunningSystem system;
  private final Headline headline;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger applied = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger other = new AtomicInteger();
  private long nanos;

  JavaClients(RunningSystem system, Headline headline) {
    this.system = system;
    this.headline = headline;
  }

  Answers fire() throws IOException, InterruptedException {
    var api = new Api(system);
    var missing = Headline.START_BALANCE.subtract(api.userPastCache(headline.userId()).balance());
    if (missing.signum() != 0) {
      put(missing, headline.setupRequestId());
    }
    var before = api.userPastCache(headline.userId()).sequence();
    var allAtOnce = new CountDownLatch(1);
    var started = System.nanoTime();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var client = 0; client < Headline.CLIENTS; client++) {
        var number = client;
        clients.execute(() -> withdrawUntilAllAreDone(number, allAtOnce));
      }
      allAtOnce.countDown();
    }
    nanos = System.nanoTime() - started;
    return new Answers(headline, before, applied.get(), refused.get(), other.get());
  }

  /** Withdrawals in a second, of what was fired. */
  double perSecond() {
    return Headline.REQUESTS / (nanos / 1e9);
  }

  private void withdrawUntilAllAreDone(int client, CountDownLatch allAtOnce) {
    try {
      allAtOnce.await();
      for (var iteration = 0; next.getAndIncrement() < Headline.REQUESTS; iteration++) {
        withdraw(headline.requestId(client, iteration));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void withdraw(String requestId) throws InterruptedException {
    try {
      var answer = put(Headline.AMOUNT, requestId);
      if (answer.statusCode() == 200) {
        applied.incrementAndGet();
      } else if (answer.statusCode() == 400 && answer.body().contains("\"Insufficient funds\"")) {
        refused.incrementAndGet();
      } else {
        unexpected(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      unexpected(e.toString());
    }
  }

  /** Counts it, and tells of the first few. */
  private void unexpected(String what) {
    if (other.getAndIncrement() < UNEXPECTED_TOLD) {
      System.out.println("unexpected: " + what);
    }
  }

  private HttpResponse<String> put(BigDecimal amount, String requestId)
      throws IOException, InterruptedException {
    var address = URI.create(system.api() + "/api/users/" + headline.userId() + "/balance");
    var request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .header("X-Request-Id", requestId)
            .PUT(BodyPublishers.ofString("{\"amount\": " + amount.toPlainString() + "}"));
    if (!system.token().isEmpty()) {
      request.header("Authorization", "Bearer " + system.token());
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
