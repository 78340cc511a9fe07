package dev.banking.loadtests.start;

import dev.banking.loadtests.system.Database;
import dev.banking.loadtests.system.LocalSystem;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Changes of one user, second by second, as the account's sequence tells. */
final class Slices implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Database database;
  private final long userId;
  private final List<Double> sequences = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  private Slices(Database database, long userId) {
    this.database = database;
    this.userId = userId;
  }

  /** Looks from now on. */
  static Slices of(LocalSystem system, long userId) throws IOException, SQLException {
    var slices = new Slices(Database.ofBank(system), userId);
    var period = PERIOD.toMillis();
    var _ = slices.timer.scheduleAtFixedRate(slices::look, 0, period, TimeUnit.MILLISECONDS);
    return slices;
  }

  private void look() {
    sequences.add(
        database.number("SELECT sequence FROM banking.account WHERE user_id = " + userId));
  }

  /** How many in each second. */
  List<Double> perSecond() {
    var perSecond = new ArrayList<Double>();
    for (var second = 1; second < sequences.size(); second++) {
      perSecond.add(sequences.get(second) - sequences.get(second - 1));
    }
    return perSecond;
  }

  @Override
  public void close() {
    timer.close();
    database.close();
  }
}
