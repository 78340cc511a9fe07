package dev.banking.audit.retention;

import dev.banking.audit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The look at the months, at a time of the test's choosing. */
public final class TestRetention {

  private final List<YearMonth> dropped = new ArrayList<>();
  private final Retention retention;

  public TestRetention(TestDatabase database, Path keyFile, Path folder, Period keep, Clock clock) {
    var properties = new RetentionProperties(keep, folder, Duration.ofHours(1));
    this.retention =
        new Retention(database.source()::getConnection, properties, keyFile, dropped::add, clock);
  }

  public void makeMonths() throws SQLException {
    retention.makeMonths();
  }

  /** What was dropped; what stood in the way is thrown. */
  public List<YearMonth> dropWhatIsDue() throws SQLException, IOException {
    retention.dropWhatIsDue();
    return dropped;
  }
}
