package dev.banking.loadtests.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private HttpServer server;
  private URI base;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.start();
    base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    stalled.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  void sendsAllAndTellsRefusals() throws IOException {
    answer(number -> number % 10 == 0 ? 400 : 200);

    var load = fire(200, Duration.ofSeconds(1), 8);

    assertThat(load.done()).isEqualTo(200);
    assertThat(load.refused()).isEqualTo(20);
    assertThat(load.failed()).isZero();
    assertThat(load.seconds()).isBetween(0.9, 5.0);
  }

  @Test
  void aStallIsInTheLatencyOfEveryRequestThatWasDueMeanwhile() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            if (requests.incrementAndGet() == 1) {
              stalled.await(1, TimeUnit.SECONDS);
            }
            exchange.sendResponseHeaders(200, -1);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });

    var load = fire(100, Duration.ofSeconds(1), 1);

    assertThat(load.done()).isEqualTo(100);
    assertThat(load.latency().p50()).as("half were due before the middle").isGreaterThan(300);
    assertThat(load.latency().max()).isCloseTo(1_000, within(500.0));
  }

  @Test
  void stopsWhenItIsTold() throws IOException {
    answer(_ -> 200);
    var deadline = System.nanoTime() + Duration.ofMillis(300).toNanos();
    try (var loop = new OpenLoop(base, 4)) {
      var load =
          loop.fire(
              50,
              Duration.ofMinutes(5),
              _ -> Requests.change(base, 1, "1"),
              () -> System.nanoTime() < deadline);

      assertThat(load.done()).isBetween(1L, 100L);
    }
  }

  private void answer(java.util.function.IntUnaryOperator status) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var number = requests.incrementAndGet();
            exchange.sendResponseHeaders(status.applyAsInt(number), -1);
          }
        });
  }

  private Load fire(double perSecond, Duration duration, int connections) throws IOException {
    try (var loop = new OpenLoop(base, connections)) {
      return loop.fire(perSecond, duration, _ -> Requests.change(base, 1, "0.01"));
    }
  }
}
