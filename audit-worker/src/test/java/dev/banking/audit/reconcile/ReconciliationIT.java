package dev.banking.audit.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.audit.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ReconciliationIT {

  private static final Logger LOG = LoggerFactory.getLogger(ReconciliationIT.class);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int ENTRIES = Integer.getInteger("reconcile.entries", 50_000);

  private final Books books = new Books(new TestDatabase());
  private final AtomicInteger pauses = new AtomicInteger();

  @Test
  void findsNothingInEmptyBooks() throws Exception {
    assertThat(run().toString()).endsWith("The books agree.\n");
    assertThat(pauses).hasValue(0);
  }

  @Test
  void findsNothingInBooksThatAgree() throws Exception {
    books.write(20, 10);
    // A refused attempt is in the audit book alone, and a user without money in no ledger.
    books.run(
        """
        INSERT INTO banking.account VALUES (99, 0, 0, 0, now() - interval '1 hour', now());
        INSERT INTO audit.audit_log
        SELECT 200 + p, 1, gen_random_uuid(), 't', 'a', 99, 0, gen_random_uuid(), -5 * (2 - p), 0, 0,
               CASE WHEN p = 1 THEN 'refused' ELSE 'created' END,
               CASE WHEN p = 1 THEN 'insufficient_funds' END, 'r', NULL, now(), now(), '\\x00',
               sha256(''), sha256('')
          FROM generate_series(1, 2) p
        """);
    var findings = run();
    assertThat(findings.isEmpty()).as(findings.toString()).isTrue();
    assertThat(findings.toString())
        .contains("accounts 21, ledger entries 200", "notifications 180", "The books agree.");
    assertThat(pauses).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          account_not_sum account_not_last       | UPDATE banking.account SET balance = balance + 0.01 WHERE user_id = 3 | user 3 sequence 5: account 999996.01, sum of the ledger 999996.00
          account_sequence                       | UPDATE banking.account SET sequence = 6 WHERE user_id = 3 | user 3 sequence 6: account 6, last entry 5, entries 5
          account_missing                        | DELETE FROM banking.account WHERE user_id = 3 | user 3 sequence 5: 5 entries
          account_not_sum ledger_balance audit_differs | UPDATE banking.ledger_entry SET balance = balance + 1 WHERE user_id = 3 AND sequence = 5; UPDATE banking.account SET balance = balance + 1 WHERE user_id = 3 | : 999997.00 + -1.00 is not 999997.00
          account_not_sum account_sequence ledger_sequence audit_without_ledger notification_without_ledger | DELETE FROM banking.ledger_entry WHERE user_id = 3 AND sequence = 4 | : follows 3
          outbox_parked                          | INSERT INTO banking.outbox (user_id, bucket, event_id, event_type, payload, parked_at, last_error) VALUES (3, 1, md5('3-4')::uuid, 'balance.updated', '', now(), 'why') | why
          outbox_without_ledger                  | INSERT INTO banking.outbox (user_id, bucket, event_id, event_type, payload) VALUES (3, 1, gen_random_uuid(), 'balance.updated', '') | user 3 sequence 1 event
          notification_missing                   | DELETE FROM notification.notification WHERE user_id = 3 AND sequence = 4 | user 3 sequence 4 event
          notification_differs                   | UPDATE notification.notification SET sequence = 9 WHERE user_id = 3 AND sequence = 4 | told of sequence 9
          notification_without_ledger            | INSERT INTO notification.notification SELECT user_id, gen_random_uuid(), 7, event_type, channel, status, attempts, next_attempt_at, last_error, payload, request_id, traceparent, occurred_at, created_at, sent_at FROM notification.notification WHERE user_id = 3 AND sequence = 4 | user 3 sequence 7
          creation_missing                       | INSERT INTO banking.account VALUES (98, 0, 0, 0, now() - interval '1 hour', now()) | user 98 sequence 0: created
          """)
  void namesADifferenceBetweenTables(String kinds, String tampering, String place)
      throws Exception {
    books.write(4, 5);
    books.tamper(tampering);
    assertFound(kinds, place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          audit_removed        | DELETE FROM audit.audit_log WHERE user_id = 3 AND sequence = 4 | user 3 sequence 4 event
          audit_missing        | WITH a AS (DELETE FROM audit.audit_log WHERE user_id = 3 AND sequence = 4 RETURNING event_id) DELETE FROM audit.recorded_event r USING a WHERE r.event_id = a.event_id | user 3 sequence 4 event
          audit_differs        | UPDATE audit.audit_log SET amount = -1.01 WHERE user_id = 3 AND sequence = 4 | -1.01 from
          audit_differs        | UPDATE audit.audit_log SET balance_before = 7 WHERE user_id = 3 AND sequence = 4 | from 7.00
          audit_differs        | UPDATE audit.audit_log SET actor = 'eve' WHERE user_id = 3 AND sequence = 4 | user 3 sequence 4
          audit_differs        | UPDATE audit.audit_log SET outcome = 'refused', reason = 'x' WHERE user_id = 3 AND sequence = 4 | , refused,
          audit_twice          | INSERT INTO audit.audit_log SELECT 77, format, event_id, event_type, actor, user_id, sequence, operation_id, amount, balance_before, balance_after, outcome, reason, request_id, traceparent, occurred_at, recorded_at, event, previous_hash, hash FROM audit.audit_log WHERE user_id = 3 AND sequence = 4 | positions 15 to 77
          audit_without_ledger | INSERT INTO audit.audit_log SELECT 77, format, gen_random_uuid(), event_type, actor, user_id, 6, operation_id, amount, balance_before, balance_after, outcome, reason, request_id, traceparent, occurred_at, recorded_at, event, previous_hash, hash FROM audit.audit_log WHERE user_id = 3 AND sequence = 4 | audit position 77, applied -1.00
          """)
  void namesADifferenceInTheAuditBook(String kinds, String tampering, String place)
      throws Exception {
    books.write(4, 5);
    books.tamper("ALTER TABLE audit.recorded_event DISABLE TRIGGER ALL");
    books.tamperWithAudit(tampering);
    assertFound(kinds, place);
  }

  private void assertFound(String kinds, String place) throws Exception {
    var findings = run();
    assertThat(findings.counts().replaceAll(" 1(, |$)", " ").strip())
        .as(findings.toString())
        .isEqualTo(kinds.strip());
    assertThat(findings.toString())
        .contains(place.strip())
        .endsWith("DO NOT AGREE: " + kinds.split(" ").length + " differences.\n");
  }

  @Test
  void missesNothingThatIsOnItsWay() throws Exception {
    books.write(4, 5);
    books.run(
        """
        INSERT INTO banking.ledger_entry
        VALUES (1, 6, -1, 999995, md5('waits')::uuid, 'a', 'r', now() - interval '1 hour'),
               (2, 6, -1, 999995, md5('young')::uuid, 'a', 'r', now());
        UPDATE banking.account SET balance = 999995, sequence = 6 WHERE user_id IN (1, 2);
        INSERT INTO banking.account VALUES (98, 0, 0, 0, now() - interval '1 hour', now()),
                                           (99, 0, 0, 0, now(), now());
        INSERT INTO banking.outbox (user_id, bucket, event_id, event_type, payload)
        VALUES (1, 1, md5('waits')::uuid, 'balance.updated', ''),
               (98, 1, gen_random_uuid(), 'user.created', '')
        """);
    assertThat(run().toString()).contains("waiting in the outbox 2", "The books agree.");
    assertThat(pauses).hasValue(0);
  }

  @Test
  void looksAgainForWhatIsMissingAndForgivesWhatHasArrived() throws Exception {
    books.write(4, 5);
    books.tamper("DELETE FROM notification.notification WHERE sequence = 4 AND user_id < 4");
    var reconciliation =
        new Reconciliation(
            books::open,
            _ ->
                books.run(
                    """
                    INSERT INTO notification.notification
                    SELECT user_id, operation_id, sequence, 'balance.updated', 'log', 'SENT', 1,
                           NULL, NULL, '', request_id, NULL, created_at, now(), now()
                      FROM banking.ledger_entry WHERE sequence = 4 AND user_id IN (1, 3)
                    """));
    var findings = reconciliation.run(GRACE);
    assertThat(findings.counts()).isEqualTo("notification_missing 1");
    assertThat(findings.toString()).contains("user 2 sequence 4").doesNotContain("user 3");
  }

  @Test
  void forgivesWhatWasMovedAwayForItsAge() throws Exception {
    books.write(4, 5);
    books.tamperWithAudit("DELETE FROM audit.audit_log WHERE position <= 6");
    assertThat(run().toString()).contains("The books agree.");
  }

  @Test
  void staysQuickAndSmallWithManyEntriesAndManyDifferences() throws Exception {
    books.write(ENTRIES / 10, 10);
    var begin = System.nanoTime();
    assertThat(run().isEmpty()).isTrue();
    LOG.info("{} entries: {} ms", ENTRIES, (System.nanoTime() - begin) / 1_000_000);

    books.tamper("UPDATE banking.account SET balance = balance + 1");
    var findings = run();
    assertThat(findings.count(Kind.ACCOUNT_NOT_SUM)).isEqualTo(ENTRIES / 10);
    assertThat(findings.toString())
        .hasLineCount(3 + 2 * (Findings.NAMED + 2) + 1)
        .contains("  … and " + (ENTRIES / 10 - Findings.NAMED) + " more");
  }

  private Findings run() throws Exception {
    return new Reconciliation(books::open, _ -> pauses.incrementAndGet()).run(GRACE);
  }
}
