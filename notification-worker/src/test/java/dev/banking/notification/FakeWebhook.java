package dev.banking.notification;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server that fails as often for each event as it is told. */
final class FakeWebhook implements AutoCloseable {

  /** One request. */
  record Request(String method, Headers headers, String body) {}

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<String, AtomicInteger> seen = new ConcurrentHashMap<>();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final int failures;
  private final int failure;

  FakeWebhook(int failures, int failure) {
    this.failures = failures;
    this.failure = failure;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/hook", this::answer);
    server.createContext("/elsewhere", exchange -> respond(exchange, 200));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** From now on requests are answered; before they wait. */
  FakeWebhook open() {
    mayAnswer.countDown();
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var body =
        new String(
            exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    var request = new Request(exchange.getRequestMethod(), exchange.getRequestHeaders(), body);
    requests.add(request);
    try {
      mayAnswer.await();
    } catch (InterruptedException _) {
      exchange.close();
      return;
    }
    var number =
        seen.computeIfAbsent(request.headers().getFirst("X-Event-Id"), _ -> new AtomicInteger())
            .incrementAndGet();
    respond(exchange, number <= failures ? failure : 204);
  }

  private void respond(HttpExchange exchange, int status) throws IOException {
    if (status / 100 == 3) {
      exchange.getResponseHeaders().set("Location", url().replace("hook", "elsewhere"));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
