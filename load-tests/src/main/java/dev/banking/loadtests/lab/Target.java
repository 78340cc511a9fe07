package dev.banking.loadtests.lab;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.generator.OpenLoop;
import dev.banking.loadtests.generator.Requests;
import dev.banking.loadtests.system.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One API with users to work with.
 *
 * @param hotUser has a million
 * @param drainedUser has nothing
 * @param users the ids of all others, who have a million each
 * @param idFile has their ids, one a line
 */
public record Target(
    URI base, Database database, long hotUser, long drainedUser, List<Long> users, Path idFile) {

  private static final double CREATIONS_PER_SECOND = 1_000;
  private static final int CONNECTIONS = 16;

  public static Target of(
      String name, URI base, Database database, Workplace workplace, int howMany)
      throws IOException {
    create(base, 1, "0");
    create(base, 1 + howMany, "1000000");
    var drained = id(database, "balance = 0");
    var rich = ids(database);
    if (rich.size() != howMany + 1) {
      throw new LoadTestException("only " + rich.size() + " users were created at " + base);
    }
    var users = rich.subList(1, rich.size());
    var idFile = workplace.file(name + "-users.txt");
    Files.write(idFile, users.stream().map(String::valueOf).toList());
    return new Target(base, database, rich.getFirst(), drained, users, idFile);
  }

  /** A new user with a million. */
  public long newUser() throws IOException {
    create(base, 1, "1000000");
    return id(database, "balance = 1000000");
  }

  /** Changes that were applied since the beginning, opening balances among them. */
  public double changes() {
    return database.number("SELECT sum(sequence) FROM banking.account");
  }

  /** The same of one user. */
  public double changesOf(long userId) {
    return database.number("SELECT sequence FROM banking.account WHERE user_id = " + userId);
  }

  private static void create(URI base, int howMany, String balance) throws IOException {
    var request = Requests.create(base, balance);
    try (var clients = new OpenLoop(base, CONNECTIONS)) {
      var duration = Duration.ofMillis(Math.round(1e3 * howMany / CREATIONS_PER_SECOND));
      var load = clients.fire(CREATIONS_PER_SECOND, duration, _ -> request);
      if (load.done() != howMany || load.refused() > 0) {
        throw new LoadTestException("users could not be created: " + load);
      }
    }
  }

  private static long id(Database database, String condition) {
    return (long) database.number("SELECT max(user_id) FROM banking.account WHERE " + condition);
  }

  private static List<Long> ids(Database database) {
    var text =
        database.text(
            """
            SELECT string_agg(user_id::text, ',' ORDER BY user_id)
            FROM banking.account WHERE balance = 1000000
            """);
    return text.lines()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(Long::valueOf)
        .toList();
  }
}
