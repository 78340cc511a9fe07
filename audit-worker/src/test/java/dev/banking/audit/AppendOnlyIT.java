package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class AppendOnlyIT {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String RESTRICT_VIOLATION = "23001";

  private static final String MONTH = month(0);
  private static final String NEXT_MONTH = month(1);

  private static final TestDatabase DATABASE = new TestDatabase();

  @BeforeAll
  static void writeTwoEntries() throws Exception {
    try (var broker = TestBroker.emptied();
        var _ = Worker.start(DATABASE)) {
      broker.publish(Events.updates(1, 2));
      await().until(() -> DATABASE.entries() == 2);
      DATABASE
          .application()
          .sql(
              """
              INSERT INTO audit.operator_action
                (operation_id, actor, os_user, action, phase, source, target, message_ids, detail)
              VALUES (gen_random_uuid(), 'a', 'b', 'c', 'done', 'd', 'e', '{f}', '')
              """)
          .update();
      DATABASE
          .application()
          .sql(
              """
              INSERT INTO audit.checkpoint
              VALUES (99, 2, sha256('a'), sha256('b'), now(), sha256('c'),
                      sha256('d') || sha256('e'), '');
              INSERT INTO audit.tree_block VALUES (0, sha256('a'));
              INSERT INTO audit.verification
                (started_at, finished_at, source, actor, entries, position, checkpoints, findings,
                 detail)
              VALUES (now(), now(), 'job', 'a', 2, 2, 1, 1, '');
              INSERT INTO audit.access_log (actor, address, path, query, request_id)
              VALUES ('a', 'b', 'c', 'd', 'e');
              INSERT INTO audit.legal_hold (reason, actor, os_user) VALUES ('a', 'b', 'c');
              INSERT INTO audit.legal_hold_release (number, reason, actor, os_user)
              VALUES (1, 'a', 'b', 'c')
              """)
          .update();
    }
  }

  private static String month(int ahead) {
    return YearMonth.now(ZoneOffset.UTC)
        .plusMonths(ahead)
        .format(DateTimeFormatter.ofPattern("'audit.audit_log_'uuuu_MM"));
  }

  static Stream<String> changes() {
    return Stream.of(
        "UPDATE audit.audit_log SET amount = 1 WHERE position = 1",
        "DELETE FROM audit.audit_log WHERE position = 2",
        "TRUNCATE audit.audit_log",
        "UPDATE " + MONTH + " SET amount = 1 WHERE position = 1",
        "DELETE FROM " + MONTH + " WHERE position = 2",
        "TRUNCATE " + MONTH,
        "TRUNCATE " + NEXT_MONTH,
        "UPDATE audit.legal_hold_release SET actor = 'nobody'",
        "DELETE FROM audit.legal_hold",
        "DELETE FROM audit.legal_hold_release",
        "TRUNCATE audit.legal_hold, audit.legal_hold_release",
        "TRUNCATE audit.cut",
        "UPDATE audit.recorded_event SET position = 9",
        "DELETE FROM audit.recorded_event",
        "TRUNCATE audit.recorded_event",
        "UPDATE audit.operator_action SET actor = 'nobody'",
        "DELETE FROM audit.operator_action",
        "TRUNCATE audit.operator_action",
        "UPDATE audit.checkpoint SET position = 9",
        "DELETE FROM audit.checkpoint",
        "TRUNCATE audit.checkpoint",
        "UPDATE audit.tree_block SET number = 9",
        "DELETE FROM audit.tree_block",
        "TRUNCATE audit.tree_block",
        "UPDATE audit.verification SET findings = 0",
        "DELETE FROM audit.verification",
        "TRUNCATE audit.verification",
        "UPDATE audit.access_log SET actor = 'nobody'",
        "DELETE FROM audit.access_log",
        "TRUNCATE audit.access_log",
        "DELETE FROM audit.chain_head",
        "TRUNCATE audit.chain_head");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void refusesTheApplicationsOwnRoleForWantOfTheRight(String change) {
    assertRefused(DATABASE.application(), change, INSUFFICIENT_PRIVILEGE);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void refusesTheSuperuserByTrigger(String change) {
    assertRefused(DATABASE.superuser(), change, RESTRICT_VIOLATION);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void refusesTheSuperuserWhoPassesOrdinaryTriggersBy(String change) {
    assertRefused(
        DATABASE.superuser(),
        "SET session_replication_role = replica; " + change,
        RESTRICT_VIOLATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit.chain_head SET position = 1",
        "UPDATE audit.chain_head SET hash = sha256('x')",
        "UPDATE audit.chain_head SET position = 9, recorded_at = '2020-01-01T00:00:00Z'"
      })
  void refusesToPutTheHeadBack(String change) {
    for (var who : List.of(DATABASE.application(), DATABASE.superuser())) {
      assertRefused(who, change, RESTRICT_VIOLATION);
    }
  }

  @AfterAll
  static void nothingChanged() {
    try (var worker = Worker.start(DATABASE)) {
      assertThat(worker.check().toString()).startsWith("Sound[entries=2,");
    }
  }

  private static void assertRefused(JdbcClient who, String change, String state) {
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(() -> who.sql(change).update())
        .extracting(e -> ((SQLException) e.getMostSpecificCause()).getSQLState())
        .isEqualTo(state);
  }
}
