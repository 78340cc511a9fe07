package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.book.TestBook;
import dev.banking.audit.checkpoint.TestSigning;
import dev.banking.audit.reconcile.Books;
import dev.banking.audit.retention.TestRetention;
import dev.banking.audit.seal.SigningKey;
import dev.banking.common.BankingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A book of January to March 2024, of which months are dropped: by the owner's own functions. */
class RetentionIT {

  private static final Period TWO_YEARS = Period.ofYears(2);
  private static final YearMonth JANUARY = YearMonth.of(2024, 1);
  private static final YearMonth FEBRUARY = YearMonth.of(2024, 2);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int A_MONTH = 300;

  private final TestDatabase database = new TestDatabase();
  private final Operator operator = new Operator(database);
  private final Path keyFile = Worker.signingKey(database);
  private final Changes changes =
      new Changes(new SplittableRandom(3), Instant.parse("2024-01-02T00:00:00Z"));
  private final List<BankingEvent> january = changes.some(A_MONTH, 1, 2, 3);
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeThreeMonths() throws IOException {
    var _ = new Books(database);
    SigningKey.make(keyFile);
    Files.writeString(SigningKey.publicFile(keyFile), SigningKey.read(keyFile).publicPem());
    write("2024-01-31T23:59:59.999999Z", january);
    sign("2024-01-31T23:59:59.999999Z");
    write("2024-02-01T00:00:00Z", changes.some(A_MONTH, 1, 2, 3));
    write("2024-03-05T00:00:00Z", changes.some(A_MONTH, 2, 3));
    database
        .application()
        .sql(
            """
            INSERT INTO banking.ledger_entry
            SELECT user_id, sequence, amount, balance_after, operation_id, actor, request_id,
                   occurred_at
              FROM audit.audit_log WHERE outcome <> 'refused'
            """)
        .update();
    keep("2 years");
  }

  @Test
  void hasAPartitionForEachMonthAndMakesThemAhead() throws Exception {
    assertThat(partitions())
        .contains("audit_log_2024_01", "audit_log_2024_02", "audit_log_2024_03");
    retention("2025-12-31T23:59:59Z").makeMonths();
    retention("2025-12-31T23:59:59Z").makeMonths();
    assertThat(partitions())
        .contains("audit_log_2025_12", "audit_log_2026_01", "audit_log_2026_02")
        .doesNotContain("audit_log_2026_03");
    assertThat(count("SELECT count(*) FROM audit.audit_log_2024_02")).isEqualTo(A_MONTH);
  }

  @Test
  void writesWhatComesAgainInAnotherMonthOnlyOnce() throws Exception {
    write("2024-04-01T00:00:00Z", january);
    assertThat(database.entries()).isEqualTo(3 * A_MONTH);
    sign("2024-04-02T00:00:00Z");
    assertThat(retention("2026-02-01T00:00:00Z").dropWhatIsDue()).containsExactly(JANUARY);
    write("2024-04-01T00:00:00Z", january);
    assertThat(database.entries()).isEqualTo(2 * A_MONTH);
    bothFindItSound();
  }

  @Test
  void dropsWhatIsWhollyOlderAndBothVerifiersBeginAtTheCut() throws Exception {
    sign("2024-03-06T00:00:00Z");
    bothFindItSound();
    assertThat(retention("2026-01-31T23:59:59Z").dropWhatIsDue()).isEmpty();
    assertThat(retention("2026-02-01T00:00:00Z").dropWhatIsDue()).containsExactly(JANUARY);
    assertThat(partitions()).doesNotContain("audit_log_2024_01").contains("audit_log_2024_02");
    bothFindItSound();
    assertThat(operator.sees()).contains("begins after position 300: cut 1");
    assertThat(offline("export").says()).contains("begins after position 300: cut 1");

    write("2024-04-01T00:00:00Z", changes.some(A_MONTH, 1, 2));
    sign("2024-04-02T00:00:00Z");
    assertThat(retention("2026-03-01T00:00:00Z").dropWhatIsDue()).containsExactly(FEBRUARY);
    assertThat(operator.types("verify", "--without-ledger")).as(operator.sees()).isZero();
    assertThat(operator.sees()).contains("begins after position 600: cut 2");
    assertThat(offline("export").exitCode()).isZero();
    for (var user : List.of("1", "2", "3")) {
      var statement = offline("export", "--user", user);
      assertThat(statement.exitCode()).as(statement.says()).isZero();
    }
  }

  @Test
  void leavesASignedFileOfEachMonthWhoseHashIsInTheCut() throws Exception {
    sign("2024-03-06T00:00:00Z");
    assertThat(retention("2026-03-01T00:00:00Z").dropWhatIsDue())
        .containsExactly(JANUARY, FEBRUARY);
    for (var month : List.of(JANUARY, FEBRUARY)) {
      var file = folder.resolve("audit-" + month + ".ndjson");
      var answer = OfflineVerifier.run(SigningKey.publicFile(keyFile), List.of(file.toString()));
      assertThat(answer.exitCode()).as(answer.says()).isZero();
      assertThat(answer.says()).contains("300 entries");
      var sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      assertThat(
              database
                  .superuser()
                  .sql("SELECT archive FROM audit.cut WHERE number = ?")
                  .param(month.getMonthValue())
                  .query(byte[].class)
                  .single())
          .isEqualTo(sum);
    }
  }

  @Test
  void dropsNothingWithoutASignedHeadAfterTheMonth() throws Exception {
    refuses("no head after its last entry is signed");
    sign("2024-03-06T00:00:00Z");
    assertThat(retention("2026-02-01T00:00:00Z").dropWhatIsDue()).containsExactly(JANUARY);
  }

  @Test
  void dropsNothingOfABookThatIsNotSound() throws Exception {
    sign("2024-03-06T00:00:00Z");
    database.tamper("UPDATE audit.audit_log SET amount = amount + 1 WHERE position = 5");
    refuses("the book is not sound: content_differs 1");
  }

  @Test
  void dropsNothingWhoseEventsAreNotTheRecordedOnes() throws Exception {
    sign("2024-03-06T00:00:00Z");
    database.superuser().sql("ALTER TABLE audit.recorded_event DISABLE TRIGGER ALL").update();
    database.superuser().sql("DELETE FROM audit.recorded_event WHERE position = 7").update();
    refuses("audit.recorded_event does not have the events of the month");
  }

  @Test
  void dropsNothingWhileItIsHeld() throws Exception {
    sign("2024-03-06T00:00:00Z");
    assertThat(operator.types("hold", "add", "--user", "1", "--reason", "case 7", "--actor", "ada"))
        .isZero();
    refuses("2024-01 is old enough, but hold 1 is not released");
    assertThat(operator.types("hold", "add", "--user", "99", "--reason", "of no entry")).isZero();
    assertThat(operator.types("hold", "list")).isZero();
    assertThat(operator.sees()).contains("user 1", "by ada: case 7", "2 holds.");
    assertThat(operator.types("hold", "release", "--number", "1", "--reason", "closed")).isZero();
    assertThat(operator.types("hold", "release", "--number", "1", "--reason", "again"))
        .isEqualTo(2);
    assertThat(retention("2026-02-01T00:00:00Z").dropWhatIsDue()).containsExactly(JANUARY);
    assertThat(operator.types("hold", "add", "--all", "--reason", "everything")).isZero();
    assertThatThrownBy(() -> retention("2026-03-01T00:00:00Z").dropWhatIsDue())
        .hasMessageContaining("hold 3 is not released");
    assertThat(operator.types("hold", "list", "--released")).isZero();
    assertThat(operator.sees()).contains("the whole book", "released", "closed");
    assertThat(
            database
                .superuser()
                .sql("SELECT path || ' ' || query FROM audit.access_log WHERE actor = 'ada'")
                .query(String.class)
                .list())
        .containsExactly("hold add user=1 case 7");
  }

  /** March is old enough as well, but has the last entry of all. */
  @Test
  void theWorkerDoesItByItself() throws Exception {
    keep("100 years");
    try (var worker =
        Worker.start(
            database,
            "--AUDIT_RETENTION=P2Y",
            "--AUDIT_ARCHIVE_FOLDER=" + folder,
            "--audit.checkpoint.interval=50ms",
            "--audit.retention.interval=50ms")) {
      await().atMost(SOON).until(() -> worker.count("audit.months.dropped") == 2);
      await().atMost(SOON).until(() -> worker.gauge("audit.retention.blocked") == 1);
    }
    assertThat(partitions())
        .contains("audit_log_2024_03")
        .doesNotContain("audit_log_2024_01", "audit_log_2024_02");
    assertThat(folder.resolve("audit-2024-02.ndjson")).exists();
    bothFindItSound();
  }

  /** Whoever has the worker's role and asks the database directly. */
  @Test
  void theDatabaseItselfRefusesWhatTheWorkerWouldNotDo() {
    sign("2024-03-06T00:00:00Z");
    databaseRefuses("2024-02-01", "is not the oldest month");
    databaseRefuses("2024-01-01", "has no cut");
    keep("3 years");
    databaseRefuses("2024-01-01", "is not old enough");
    database
        .superuser()
        .sql(
            "CREATE OR REPLACE FUNCTION audit.retention() RETURNS interval LANGUAGE sql STABLE"
                + " AS 'SELECT NULL::interval'")
        .update();
    databaseRefuses("2024-01-01", "is not old enough");
    keep("2 years");
    forgeACut();
    database
        .application()
        .sql("INSERT INTO audit.legal_hold (reason, actor, os_user) VALUES ('r', 'a', 'o')")
        .update();
    databaseRefuses("2024-01-01", "is held: hold 1");
  }

  @Test
  void namesAMissingBeginningThatNoCutExplains() throws Exception {
    sign("2024-03-06T00:00:00Z");
    database.superuser().sql("DROP TABLE audit.audit_log_2024_01").update();
    bothFind("entry_missing", "positions 1 to 300");
  }

  @Test
  void namesAMissingBeginningThatAForgedCutExplains() throws Exception {
    sign("2024-03-06T00:00:00Z");
    forgeACut();
    database.application().sql("SELECT audit.retire_month('2024-01-01')").query().listOfRows();
    bothFind("entry_missing", "positions 1 to 300");
    bothFind("signature_wrong", "cut 1");
  }

  @Test
  void namesWhatIsDoneToACut() throws Exception {
    sign("2024-03-06T00:00:00Z");
    assertThat(retention("2026-03-01T00:00:00Z").dropWhatIsDue()).hasSize(2);
    database.superuser().sql("ALTER TABLE audit.cut DISABLE TRIGGER ALL").update();
    var copy = "CREATE TABLE public.cuts AS SELECT * FROM audit.cut";
    database.superuser().sql(copy).update();
    database
        .superuser()
        .sql("UPDATE audit.cut SET before = before + '1 s' WHERE number = 2")
        .update();
    bothFind("cut_differs", "cut 2");
    bothFind("entry_missing", "positions 301 to 600");
    database.superuser().sql("DELETE FROM audit.cut").update();
    bothFind("entry_missing", "positions 1 to 600");
    database.superuser().sql("INSERT INTO audit.cut SELECT * FROM cuts WHERE number = 2").update();
    bothFind("cut_missing", "cut 1");
    database.superuser().sql("INSERT INTO audit.cut SELECT * FROM cuts WHERE number = 1").update();
    bothFindItSound();
  }

  /** So that a change of the ledger counts as dropped which never was in the book. */
  @Test
  void namesAnExchangedIdAmongTheDroppedEvents() throws Exception {
    sign("2024-03-06T00:00:00Z");
    assertThat(retention("2026-02-01T00:00:00Z").dropWhatIsDue()).hasSize(1);
    database.superuser().sql("ALTER TABLE audit.recorded_event DISABLE TRIGGER ALL").update();
    database
        .superuser()
        .sql("UPDATE audit.recorded_event SET event_id = gen_random_uuid() WHERE position = 7")
        .update();
    assertThat(operator.types("verify", "--grace", "0")).isOne();
    assertThat(operator.sees()).contains("cut_differs", "the events up to position 300");
  }

  @Test
  void stillNamesWhatIsChangedAfterTheCut() throws Exception {
    sign("2024-03-06T00:00:00Z");
    assertThat(retention("2026-02-01T00:00:00Z").dropWhatIsDue()).hasSize(1);
    database.tamper("UPDATE audit.audit_log SET amount = amount + 1 WHERE position = 301");
    bothFind("content_differs", "position 301");
    database.tamper("DELETE FROM audit.audit_log WHERE position = 301");
    bothFind("entry_missing", "position 301");
  }

  private void refuses(String why) {
    assertThatThrownBy(() -> retention("2026-02-01T00:00:00Z").dropWhatIsDue())
        .hasMessageContaining(why);
    assertThat(database.entries()).isEqualTo(3 * A_MONTH);
    assertThat(count("SELECT count(*) FROM audit.cut")).isZero();
  }

  private void databaseRefuses(String month, String why) {
    assertThatThrownBy(() ->
            database
                .application()
                .sql("SELECT audit.retire_month('" + month + "')")
                .query()
                .listOfRows())
        .hasMessageContaining(why);
  }

  private void forgeACut() {
    database
        .application()
        .sql(
            """
            INSERT INTO audit.cut
            SELECT 1, 300, hash, '', 1, now(), sha256(''), sha256(''), now(), sha256(''),
                   sha256('') || sha256(''), ''
              FROM audit.audit_log WHERE position = 300
            """)
        .update();
  }

  private void bothFindItSound() throws IOException {
    assertThat(operator.types("verify", "--grace", "0")).as(operator.sees()).isZero();
    var answer = offline("export");
    assertThat(answer.exitCode()).as(answer.says()).isZero();
    operator.types("verify", "--grace", "0");
  }

  private void bothFind(String kind, String place) throws IOException {
    assertThat(operator.types("verify", "--without-ledger")).isOne();
    assertThat(operator.sees()).contains(kind + ": ", place);
    assertThat(offline("export").says()).contains(kind + ": " + place);
  }

  private OfflineVerifier.Answer offline(String... words) throws IOException {
    var file = folder.resolve("export.ndjson").toString();
    var exporter = new Operator(database);
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--out", file));
    assertThat(exporter.types(all.toArray(String[]::new))).as(exporter.sees()).isZero();
    return OfflineVerifier.run(SigningKey.publicFile(keyFile), List.of(file));
  }

  private TestRetention retention(String now) {
    return new TestRetention(database, keyFile, folder, TWO_YEARS, at(now));
  }

  private void write(String now, List<BankingEvent> events) {
    var source = database.source();
    new TestBook(source, new DataSourceTransactionManager(source), at(now)).append(events);
  }

  private void sign(String now) {
    try {
      var source = database.source();
      var key = SigningKey.read(keyFile);
      new TestSigning(source, new DataSourceTransactionManager(source), at(now), key).sign();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a start of the worker does. */
  private void keep(String interval) {
    database
        .superuser()
        .sql(
            "CREATE OR REPLACE FUNCTION audit.retention() RETURNS interval LANGUAGE sql STABLE AS"
                + " 'SELECT interval ''"
                + interval
                + "'''")
        .update();
  }

  private List<@Nullable String> partitions() {
    return database
        .superuser()
        .sql(
            "SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid"
                + " WHERE inhparent = 'audit.audit_log'::regclass")
        .query(String.class)
        .list();
  }

  private long count(String query) {
    return database.superuser().sql(query).query(Long.class).single();
  }

  private static Clock at(String time) {
    return Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
  }
}
