package dev.banking.loadtests.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banking.loadtests.system.ApiProcess;
import dev.banking.loadtests.system.DevelopmentToken;
import dev.banking.loadtests.system.LocalSystem;
import dev.banking.loadtests.system.ProcessTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/**
 * A second API of the main bank that asks for tokens, limits each caller (far above what can be
 * sent here) and sends the usual share of traces to a collector, which takes and forgets them.
 */
public final class Guarded implements AutoCloseable {

  private final ApiProcess api;
  private final HttpServer collector;
  private final String token;

  private Guarded(ApiProcess api, HttpServer collector, String token) {
    this.api = api;
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
                "AUTH_MODE", "jwt",
                "JWT_PUBLIC_KEY_FILE", publicKey.toString(),
                "RATE_LIMIT_ENABLED", "true",
                "RATE_LIMIT_CAPACITY", "10000000",
                "RATE_LIMIT_REFILL_PER_SECOND", "1000000",
                "OTEL_EXPORTER_OTLP_ENDPOINT", address),
            workplace.log("api-guarded"));
    var guarded = workplace.keep(new Guarded(api, collector, token));
    api.awaitReady();
    return guarded;
  }

  private static void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, -1);
    }
  }

  public URI base() {
    return api.base();
  }

  public ProcessTree tree() {
    return api.tree();
  }

  /** For the hot user, good for longer than a benchmark takes. */
  public String token() {
    return token;
  }

  @Override
  public void close() {
    api.close();
    collector.stop(0);
  }
}
