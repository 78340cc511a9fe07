package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.book.ChainVerdict.Broken;
import dev.banking.audit.book.ChainVerdict.Fault;
import dev.banking.audit.book.ChainVerdict.Sound;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything here is done as the superuser with the triggers off, and undone after each test. */
class ChainCheckIT {

  private static final TestDatabase DATABASE = new TestDatabase();
  private static Worker worker;

  @BeforeAll
  static void writeTenEntries() throws Exception {
    worker = Worker.start(DATABASE);
    try (var broker = TestBroker.emptied()) {
      broker.publish(Events.updates(1, 8));
      broker.publish(Events.failed(1, 8));
      broker.publish(Events.created(2));
      await().until(() -> DATABASE.entries() == 10);
    }
    DATABASE.superuser().sql("CREATE TABLE copy AS SELECT * FROM audit.audit_log").update();
  }

  @AfterEach
  void putBack() {
    DATABASE.tamper(
        "DELETE FROM audit.audit_log", "INSERT INTO audit.audit_log SELECT * FROM copy");
    assertThat(worker.check()).isInstanceOf(Sound.class);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "format, 2",
        "event_id, gen_random_uuid()",
        "event_type, 'user.created'",
        "actor, 'nobody'",
        "user_id, 2",
        "sequence, 100",
        "operation_id, gen_random_uuid()",
        "amount, -2.01",
        "amount, 'NaN'",
        "balance_before, 10000.01",
        "balance_after, 9998.01",
        "request_id, ''",
        "traceparent, ''",
        "occurred_at, occurred_at + interval '1 microsecond'",
        "occurred_at, 'infinity'",
        "recorded_at, recorded_at - interval '1 microsecond'",
        "event, event || ' '",
        "hash, sha256('x')"
      })
  void namesTheEntryWhoseContentWasChanged(String column, String value) {
    DATABASE.tamper(
        "UPDATE audit.audit_log SET %s = %s WHERE position = 5".formatted(column, value));
    assertThat(worker.check()).isEqualTo(new Broken(5, Fault.CONTENT_DIFFERS));
  }

  @Test
  void namesTheEntryWhoseReasonWasChanged() {
    DATABASE.tamper("UPDATE audit.audit_log SET reason = 'other' WHERE position = 9");
    assertThat(worker.check()).isEqualTo(new Broken(9, Fault.CONTENT_DIFFERS));
  }

  @Test
  void namesTheEntryWhoseLinkWasCut() {
    DATABASE.tamper("UPDATE audit.audit_log SET previous_hash = sha256('x') WHERE position = 5");
    assertThat(worker.check()).isEqualTo(new Broken(5, Fault.LINK_BROKEN));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 5", "10, 10"})
  void namesTheEntryThatIsMissing(long deleted, long named) {
    DATABASE.tamper("DELETE FROM audit.audit_log WHERE position = " + deleted);
    assertThat(worker.check()).isEqualTo(new Broken(named, Fault.ENTRY_MISSING));
  }

  @Test
  void seesThroughAGapThatWasClosed() {
    DATABASE.tamper(
        "DELETE FROM audit.audit_log WHERE position = 5",
        "UPDATE audit.audit_log SET position = position + 1000 WHERE position > 5",
        "UPDATE audit.audit_log SET position = position - 1001 WHERE position > 1000");
    assertThat(worker.check()).isEqualTo(new Broken(5, Fault.LINK_BROKEN));
  }

  @Test
  void namesTheFirstOfTwoThatWereSwapped() {
    DATABASE.tamper(
        "UPDATE audit.audit_log SET position = 1000 WHERE position = 5",
        "UPDATE audit.audit_log SET position = 5 WHERE position = 6",
        "UPDATE audit.audit_log SET position = 6 WHERE position = 1000");
    assertThat(worker.check()).isEqualTo(new Broken(5, Fault.LINK_BROKEN));
  }

  @Test
  void namesAnEntryThatWasForgedAtTheEnd() {
    DATABASE.tamper(
        """
        INSERT INTO audit.audit_log
        SELECT 11, format, gen_random_uuid(), event_type, actor, user_id, sequence, operation_id,
               amount, balance_before, balance_after, outcome, reason, request_id, traceparent,
               occurred_at, recorded_at, event, hash, sha256('x')
          FROM audit.audit_log WHERE position = 10
        """);
    assertThat(worker.check()).isEqualTo(new Broken(11, Fault.CONTENT_DIFFERS));
  }

  @Test
  void namesTheFirstOfAllWhenTheBookIsEmptied() {
    DATABASE.tamper("DELETE FROM audit.audit_log");
    assertThat(worker.check()).isEqualTo(new Broken(1, Fault.ENTRY_MISSING));
  }
}
