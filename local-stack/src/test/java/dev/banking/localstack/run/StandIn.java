package dev.banking.localstack.run;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Stands in for an application: says its configuration, is healthy, and answers with its port. */
public final class StandIn {

  private StandIn() {}

  public static void main(String[] arguments) {
    try {
      serve();
    } catch (IOException e) {
      // The first server's thread would keep a process alive that cannot become healthy.
      System.out.println("Cannot start: " + e);
      System.exit(1);
    }
  }

  private static void serve() throws IOException {
    for (var name : List.of("DB_HOST", "DB_PORT", "REDIS_PORT", "RABBITMQ_URL", "AUTH_MODE")) {
      System.out.println(name + "=" + System.getenv(name));
    }
    for (var name : List.of("PORT", "MANAGEMENT_SERVER_PORT")) {
      var address =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv(name)));
      var server = HttpServer.create(address, 0);
      server.createContext(
          "/",
          exchange -> {
            var body = System.getenv("PORT").getBytes(StandardCharsets.UTF_8);
            System.out.println("asked for " + exchange.getRequestURI());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }
  }
}
