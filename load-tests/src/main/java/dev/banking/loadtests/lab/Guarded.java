package dev.banking.loadtests.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banking.loadtests.system.ApiProcess;
import dev.banking.loadtests.system.DevelopmentToken;
import dev.banking.loadtests.system.LocalSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Two more APIs of the main bank, alike but for this: one asks for tokens, limits each caller (far
 * above what can be sent here) and sends the usual share of traces to a collector, which takes and
 * forgets them; the other does nothing of it. The bank's first API relays the events of both.
 */
public final class Guarded implements AutoCloseable {

  private final ApiProcess api;
  private final ApiProcess plain;
  private final HttpServer collector;
  private final String token;

  private Guarded(ApiProcess api, ApiProcess plain, HttpServer collector, String token) {
    this.api = api;
    this.plain = plain;
    this.collector = collector;
    this.token = token;
  }

  static Guarded start(Workplace workplace, LocalSystem system, long userId)
      throws IOException, InterruptedException {
    // Before the API starts: whoever makes the first token makes the keys.
    var token = DevelopmentToken.mint(system.project(), userId, "1d");
    var publicKey = system.data().resolve("dev-keys/public.pem");
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/", Guarded::take);
    collector.start();
    var address = "http://127.0.0.1:" + collector.getAddress().getPort();
    var api =
        ApiProcess.like(
            system,
            Map.of(
                "OUTBOX_RELAY_ENABLED", "false",
                "AUTH_MODE", "jwt",
                "JWT_PUBLIC_KEY_FILE", publicKey.toString(),
                "RATE_LIMIT_ENABLED", "true",
                "RATE_LIMIT_CAPACITY", "10000000",
                "RATE_LIMIT_REFILL_PER_SECOND", "1000000",
                "OTEL_EXPORTER_OTLP_ENDPOINT", address),
            workplace.log("api-guarded"));
    var plain =
        ApiProcess.like(
            system, Map.of("OUTBOX_RELAY_ENABLED", "false"), workplace.log("api-plain"));
    var guarded = workplace.keep(new Guarded(api, plain, collector, token));
    api.awaitReady();
    plain.awaitReady();
    return guarded;
  }

  private static void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** The one that asks, limits and traces. */
  public ApiProcess api() {
    return api;
  }

  /** The one that does not. */
  public ApiProcess plain() {
    return plain;
  }

  /** For the hot user, good for longer than a benchmark takes. */
  public String token() {
    return token;
  }

  @Override
  public void close() {
    api.close();
    plain.close();
    collector.stop(0);
  }
}
