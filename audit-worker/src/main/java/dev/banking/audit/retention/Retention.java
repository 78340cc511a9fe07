package dev.banking.audit.retention;

import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.seal.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at the months: those to come are made, those that are old enough dropped. */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int AHEAD = 2;

  private final Connections connections;
  private final RetentionProperties properties;
  private final Path keyFile;
  private final Consumer<YearMonth> dropped;
  private final Clock clock;

  Retention(
      Connections connections,
      RetentionProperties properties,
      Path keyFile,
      Consumer<YearMonth> dropped,
      Clock clock) {
    this.connections = connections;
    this.properties = properties;
    this.keyFile = keyFile;
    this.dropped = dropped;
    this.clock = clock;
  }

  /** Where a connection comes from; it is closed after each look. */
  @FunctionalInterface
  interface Connections {
    Connection open() throws SQLException;
  }

  /** This month and some after it. */
  void makeMonths() throws SQLException {
    try (var connection = connections.open()) {
      var months = new MonthTable(connection);
      for (var ahead = 0; ahead <= AHEAD; ahead++) {
        months.create(thisMonth().plusMonths(ahead));
      }
    }
  }

  /**
   * Drops what is due, the oldest first.
   *
   * @throws NotNowException when something stands in the way of the next one
   */
  void dropWhatIsDue() throws SQLException, IOException {
    if (properties.keep() == null) {
      return;
    }
    try (var connection = connections.open()) {
      var months = new MonthTable(connection);
      if (!months.isOurTurn()) {
        return;
      }
      for (var month = months.oldest(); isDue(month); month = months.oldest()) {
        drop(connection, month);
        dropped.accept(month);
      }
    }
  }

  private void drop(Connection connection, YearMonth month) throws SQLException, IOException {
    var key = SigningKey.read(keyFile);
    var publicFile = SigningKey.publicFile(keyFile);
    var keys = TrustedKeys.read(publicFile);
    var archive = new Archive(properties.archiveFolder());
    try {
      var cut = new RetireMonth(connection, key, keys, archive, clock).run(month);
      LOG.warn(
          "Dropped {} from the audit book for its age. {}",
          month,
          cut == null ? "It had no entries." : cut.line());
    } catch (NotNowException e) {
      throw new NotNowException("%s is old enough, but %s".formatted(month, e.getMessage()), e);
    }
  }

  private boolean isDue(YearMonth month) {
    var keep = properties.keep();
    var end = month.plusMonths(1).atDay(1).atStartOfDay();
    var now = clock.instant().atOffset(ZoneOffset.UTC).toLocalDateTime();
    return keep != null && !end.isAfter(now.minus(keep));
  }

  private YearMonth thisMonth() {
    return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
  }
}
