package dev.banking.loadtests.textbook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * {@code PUT /api/users/{userId}/balance} in the textbook way, on the JDK's HTTP server with a
 * virtual thread for each request.
 */
public final class TextbookServer {

  private static final Pattern PATH = Pattern.compile("/api/users/([1-9][0-9]{0,17})/balance");
  private static final Pattern AMOUNT =
      Pattern.compile("\\{\"amount\": (-?[0-9]{1,13}(\\.[0-9]{1,2})?)}");

  /** As many as a pool usually has; a larger one is no faster on two processors. */
  private static final int POOL_SIZE = 16;

  private static final int WAITING_CONNECTIONS = 2_048;
  private static final long CONNECTION_TIMEOUT_MILLIS = 30_000;

  private final TextbookAccounts accounts;

  private TextbookServer(TextbookAccounts accounts) {
    this.accounts = accounts;
  }

  /** Listens at {@code PORT}; the names of the database's variables are the applications'. */
  public static void main(String[] arguments) throws IOException, SQLException {
    // Without it, answers wait for the acknowledgement of their first half: 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
    var environment = System.getenv();
    var accounts = new TextbookAccounts(new HikariDataSource(pool(environment)));
    accounts.createTables();
    var port = Integer.parseInt(environment.getOrDefault("PORT", "0"));
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpServer.create(address, WAITING_CONNECTIONS);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", new TextbookServer(accounts)::handle);
    server.start();
  }

  private static HikariConfig pool(Map<String, String> environment) {
    var config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                environment.get("DB_HOST"),
                environment.get("DB_PORT"),
                environment.get("DB_NAME")));
    config.setUsername(environment.get("DB_USER"));
    config.setPassword(environment.get("DB_PASSWORD"));
    config.setMaximumPoolSize(POOL_SIZE);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    return config;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var path = PATH.matcher(exchange.getRequestURI().getPath());
      var amount = AMOUNT.matcher(body);
      if (!path.matches() || !amount.matches()) {
        answer(exchange, 400, "{\"success\":false}");
        return;
      }
      change(exchange, Long.parseLong(path.group(1)), new BigDecimal(amount.group(1)));
    }
  }

  private void change(HttpExchange exchange, long userId, BigDecimal amount) throws IOException {
    try {
      var account = accounts.change(userId, amount);
      if (account == null) {
        answer(exchange, 400, "{\"success\":false}");
      } else {
        answer(
            exchange,
            200,
            "{\"success\":true,\"data\":{\"id\":%d,\"balance\":%s,\"sequence\":%d}}"
                .formatted(userId, account.balance().toPlainString(), account.version()));
      }
    } catch (SQLException e) {
      answer(exchange, 503, "{\"success\":false}");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
