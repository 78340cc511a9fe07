package dev.banking.audit;

import dev.banking.audit.book.Book;
import dev.banking.audit.book.ChainCheck;
import dev.banking.audit.book.ChainVerdict;
import dev.banking.audit.book.Received;
import dev.banking.common.BankingEvent;
import dev.banking.common.EventCodec;
import dev.banking.localstack.Backends;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** The whole application, running against a database of its own. */
final class Worker implements AutoCloseable {

  private static final int BATCH = 200;

  private final ConfigurableApplicationContext context;

  private Worker(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static Worker start(TestDatabase database, String... arguments) {
    var application = new SpringApplicationBuilder(AuditWorker.class);
    Backends.shared().environment().forEach((name, value) -> set(application, name, value));
    set(application, "DB_NAME", database.name());
    set(application, "AUDIT_SIGNING_KEY_FILE", signingKey(database).toString());
    set(application, "PORT", "0");
    set(application, "MANAGEMENT_SERVER_PORT", "0");
    application.application().setRegisterShutdownHook(false);
    return new Worker(application.run(arguments));
  }

  private static void set(SpringApplicationBuilder application, String name, String value) {
    application.properties(name + "=" + value);
  }

  /** Each database has a key of its own. */
  static Path signingKey(TestDatabase database) {
    return Path.of("target/keys", database.name(), "signing-key.pem").toAbsolutePath();
  }

  /** As the inbox does, without a broker. */
  void append(List<? extends BankingEvent> events) {
    var codec = new EventCodec();
    var book = context.getBean(Book.class);
    for (var from = 0; from < events.size(); from += BATCH) {
      var batch = events.subList(from, Math.min(events.size(), from + BATCH));
      book.append(
          batch.stream().map(event -> new Received(event, codec.write(event), null)).toList());
    }
  }

  int port() {
    return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
  }

  int managementPort() {
    return Objects.requireNonNull(
        context.getEnvironment().getProperty("local.management.port", Integer.class));
  }

  ChainVerdict check() {
    return context.getBean(ChainCheck.class).run();
  }

  double count(String counter) {
    return context.getBean(MeterRegistry.class).get(counter).counter().count();
  }

  double gauge(String name, String... tags) {
    return context.getBean(MeterRegistry.class).get(name).tags(tags).gauge().value();
  }

  boolean runs(String lifecycle) {
    return context.getBean(lifecycle, SmartLifecycle.class).isRunning();
  }

  /** How many batches there were, and how long all of them took. */
  String timing() {
    var timer = context.getBean(MeterRegistry.class).get("audit.recording").timer();
    return "%d batches in %.2f s".formatted(timer.count(), timer.totalTime(TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    context.close();
  }
}
