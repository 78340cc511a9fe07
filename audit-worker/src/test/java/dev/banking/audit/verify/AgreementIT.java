package dev.banking.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.audit.Changes;
import dev.banking.audit.OfflineVerifier;
import dev.banking.audit.Superuser;
import dev.banking.audit.TestDatabase;
import dev.banking.audit.book.TestBook;
import dev.banking.audit.checkpoint.TestSigning;
import dev.banking.audit.command.Progress;
import dev.banking.audit.export.BookExport;
import dev.banking.audit.retention.TestCut;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.stored.Snapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Both verifiers say the same of a thousand generated books, sound and tampered with: the same
 * kinds at the same places in the same order. Half of the books are the same in every run, so that
 * every kind is among them; the other half is new each time. Nothing is committed, so that it takes
 * a minute.
 */
class AgreementIT {

  private static final int BOOKS = 1_000;
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path folder = Path.of("");

  @Test
  void bothVerifiersAgreeOnAThousandBooks() throws Exception {
    var seed = System.nanoTime();
    var keyFile = folder.resolve("key.pem");
    SigningKey.make(keyFile);
    var key = SigningKey.read(keyFile);
    Files.writeString(SigningKey.publicFile(keyFile), key.publicPem());
    var said = new ArrayList<List<String>>();
    var files = new ArrayList<String>();
    var database = new TestDatabase();
    migrate(database);
    try (var connection = database.superuserConnection()) {
      prepare(connection);
      for (var book = 0; book < BOOKS; book++) {
        var file = folder.resolve(book + ".ndjson");
        files.add(file.toString());
        var random = new SplittableRandom(book < BOOKS / 2 ? book : seed + book);
        said.add(oneBook(connection, random, key, file));
      }
    }
    var words = new ArrayList<>(List.of("--json"));
    words.addAll(files);
    var answer = OfflineVerifier.run(SigningKey.publicFile(keyFile), words);
    var lines = answer.says().lines().toList();
    assertThat(lines).as(answer.says().lines().findFirst().orElse("")).hasSize(BOOKS);
    var sound = 0;
    for (var book = 0; book < BOOKS; book++) {
      assertThat(findings(lines.get(book)))
          .as("seed %d, book %d", seed, book)
          .isEqualTo(said.get(book));
      sound += said.get(book).isEmpty() ? 1 : 0;
    }
    assertThat(sound).as("seed %d", seed).isBetween(BOOKS / 5, BOOKS / 2);
    assertThat(said.stream().flatMap(List::stream).map(line -> line.replaceAll(":.*", "")))
        .contains(
            "link_broken",
            "content_differs",
            "entry_missing",
            "tail_cut",
            "head_differs",
            "checkpoint_differs",
            "checkpoint_missing",
            "cut_differs",
            "cut_missing",
            "signature_wrong");
  }

  private static List<String> oneBook(
      Connection connection, SplittableRandom random, SigningKey key, Path file)
      throws SQLException, IOException {
    var source = new SingleConnectionDataSource(connection, true);
    var transactions = new DataSourceTransactionManager(source);
    return new TransactionTemplate(transactions)
        .execute(status -> {
          status.setRollbackOnly();
          var changes = new Changes(random);
          var book = new TestBook(source, transactions, CLOCK);
          var signing = new TestSigning(source, transactions, CLOCK, key);
          var entries = 0;
          for (var part = 0; part < 4; part++) {
            var some = changes.some(1 + random.nextInt(10), 1, 2);
            entries += some.size();
            book.append(some);
            if (part < 3) {
              signing.sign();
            }
          }
          try {
            cut(connection, random, key);
            tamper(connection, random, entries);
            export(connection, key, file);
            return new Verification(connection, key.trusted(), Progress.none())
                .readBook().findings().named().stream()
                    .map(finding -> finding.kind().word() + ": " + finding.place())
                    .toList();
          } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Two of three books have all their entries; the others begin at a cut, or at the second. */
  private static void cut(Connection connection, SplittableRandom random, SigningKey key)
      throws SQLException {
    if (random.nextInt(3) == 0) {
      var last = new Snapshot(connection).lastCheckpoint().orElseThrow().position();
      var first = random.nextLong(last);
      for (var position : new long[] {first, random.nextBoolean() ? last - 1 : 0}) {
        TestCut.at(connection, key, position);
      }
    }
  }

  /** A third of the books is left alone; some are tampered with twice. */
  private static void tamper(Connection connection, SplittableRandom random, int entries)
      throws SQLException {
    var all = Mischief.values();
    for (var times = random.nextInt(3); times > 0; times--) {
      for (var sql : all[random.nextInt(all.length)].statements(random, entries)) {
        try (var statement = connection.createStatement()) {
          var before = connection.setSavepoint();
          try {
            statement.execute(sql);
          } catch (SQLException _) {
            // Two mischiefs that do not go together.
            connection.rollback(before);
          }
        }
      }
    }
  }

  private static void export(Connection connection, SigningKey key, Path file)
      throws SQLException, IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      new BookExport(connection, key, Progress.none()).write(out, Instant.EPOCH);
    }
  }

  private static List<String> findings(String json) {
    var findings = new ArrayList<String>();
    new JsonMapper().readTree(json).path("findings").forEach(line -> findings.add(line.asString()));
    return findings;
  }

  private static void migrate(TestDatabase database) {
    Flyway.configure()
        .dataSource(database.source())
        .schemas("audit")
        .defaultSchema("audit")
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        // Nothing is granted: the test is the owner.
        .skipDefaultCallbacks(true)
        .load()
        .migrate();
  }

  /** With the triggers off, and without waiting for a disk: nothing is ever committed. */
  private static void prepare(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var table : Superuser.GUARDED) {
        statement.execute("ALTER TABLE audit." + table + " DISABLE TRIGGER USER");
      }
      statement.execute(Superuser.REBUILD);
    }
  }
}
