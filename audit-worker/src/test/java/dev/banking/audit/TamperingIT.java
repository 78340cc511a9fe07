package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.reconcile.Books;
import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.seal.CheckpointLine;
import dev.banking.audit.seal.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a superuser can do to the book, which knows everything but the key; each found and named, by
 * both verifiers where the second one can see it.
 */
class TamperingIT {

  private static final TestDatabase DATABASE = new TestDatabase();
  private static final Path COPIES = Path.of("target", DATABASE.name() + ".checkpoints");
  private static final Duration SOON = Duration.ofSeconds(20);

  private static Superuser superuser;

  private final Operator operator = new Operator(DATABASE);
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void writeABook() {
    var _ = new Books(DATABASE);
    var changes = new Changes(new SplittableRandom(7));
    try (var worker =
        Worker.start(
            DATABASE,
            "--audit.checkpoint.interval=50ms",
            "--audit.checkpoint.export-file=" + COPIES)) {
      for (var checkpoint = 1; checkpoint <= 3; checkpoint++) {
        worker.append(changes.some(300, 1, 2, 3));
        var expected = 300L * checkpoint;
        await().atMost(SOON).until(() -> worker.gauge("audit.checkpoint.position") == expected);
      }
    }
    DATABASE
        .application()
        .sql(
            """
            INSERT INTO banking.ledger_entry
            SELECT user_id, sequence, amount, balance_after, operation_id, actor, request_id,
                   occurred_at
              FROM audit.audit_log WHERE outcome <> 'refused'
            """)
        .update();
    superuser = new Superuser(DATABASE);
    superuser.remember();
  }

  @AfterEach
  void theBookIsSoundWhenAllIsPutBack() throws IOException {
    superuser.putBack();
    assertThat(verify()).as(operator.sees()).isZero();
    assertThat(offline().exitCode()).isZero();
  }

  @AfterAll
  static void forget() throws IOException {
    Files.deleteIfExists(COPIES);
  }

  @Test
  void saysThatTheBookIsSound() {
    assertThat(verify()).isZero();
    assertThat(operator.sees())
        .contains("entries 900, up to position 900", "The book is sound.", "entries/s")
        .containsPattern("copies of checkpoints [3-9]");
    assertThat(
            DATABASE
                .superuser()
                .sql("SELECT source, findings, entries FROM audit.verification ORDER BY id DESC")
                .query()
                .listOfRows()
                .getFirst())
        .containsEntry("source", "command")
        .containsEntry("findings", 0L)
        .containsEntry("entries", 900L);
  }

  @Test
  void namesAChangedAmount() throws IOException {
    superuser.withoutTriggers("UPDATE audit.audit_log SET amount = amount - 1 WHERE position = 5");
    bothFind("content_differs", "position 5");
    assertThat(operator.sees()).contains("ledger_differs");
  }

  @Test
  void namesAChangedTime() throws IOException {
    superuser.withoutTriggers(
        "UPDATE audit.audit_log SET recorded_at = recorded_at + interval '1 microsecond'"
            + " WHERE position = 500");
    bothFind("content_differs", "position 500");
  }

  @Test
  void namesADeletedEntryInTheMiddle() throws IOException {
    superuser.withoutTriggers("DELETE FROM audit.audit_log WHERE position = 500");
    bothFind("entry_missing", "position 500");
  }

  @Test
  void namesADeletedTailAlthoughTheHeadWasPutBack() throws IOException {
    superuser.withoutTriggers(
        "DELETE FROM audit.audit_log WHERE position > 850", Superuser.PUT_THE_HEAD_BACK);
    bothFind("tail_cut", "positions 851 to 900");
    assertThat(operator.sees()).contains("sequence_missing");
  }

  @Test
  void namesADeletedTailByACopyAlthoughItsCheckpointWasDeletedToo() throws IOException {
    superuser.withoutTriggers(
        "DELETE FROM audit.audit_log WHERE position > 850",
        Superuser.PUT_THE_HEAD_BACK,
        "DELETE FROM audit.checkpoint WHERE position > 850");
    bothFind("tail_cut", "positions 851 to 900");
    assertThat(operator.sees()).contains("checkpoint_missing", "the table does not have it");
  }

  @Test
  void namesTwoSwappedEntries() throws IOException {
    superuser.withoutTriggers(
        "UPDATE audit.audit_log SET position = 1000 WHERE position = 500",
        "UPDATE audit.audit_log SET position = 500 WHERE position = 501",
        "UPDATE audit.audit_log SET position = 501 WHERE position = 1000");
    bothFind("link_broken", "position 500");
  }

  /** The second verifier has no ledger: to it the entry is one that the worker might have made. */
  @Test
  void namesAForgedEntryThatIsChainedPerfectly() throws IOException {
    superuser.withoutTriggers(
        """
        INSERT INTO audit.audit_log
        SELECT 901, format, gen_random_uuid(), event_type, actor, user_id, sequence + 1000,
               gen_random_uuid(), 5000, balance_after, balance_after + 5000, 'applied', NULL,
               request_id, traceparent, occurred_at, recorded_at, event, hash, hash
          FROM audit.audit_log WHERE position = 900
        """,
        "DO 'BEGIN PERFORM rebuild(901); END'");
    assertThat(verify()).isOne();
    assertThat(operator.sees()).contains("ledger_missing: 1 ").contains("book position 901");
    assertThat(offline().says()).contains("sound");
  }

  @Test
  void namesAForgedEntryInTheMiddle() throws IOException {
    superuser.withoutTriggers(
        "UPDATE audit.audit_log SET position = position + 100000 WHERE position > 700",
        "UPDATE audit.audit_log SET position = position - 99999 WHERE position > 100000",
        """
        INSERT INTO audit.audit_log
        SELECT 701, format, gen_random_uuid(), event_type, actor, user_id, sequence + 1000,
               gen_random_uuid(), 5000, balance_after, balance_after + 5000, 'applied', NULL,
               request_id, traceparent, occurred_at, recorded_at, event, hash, sha256('x')
          FROM audit.audit_log WHERE position = 700
        """);
    bothFind("content_differs", "position 701");
    assertThat(operator.sees()).contains("link_broken", "position 702");
  }

  @Test
  void namesAChainThatWasRebuiltAfterAChange() throws IOException {
    superuser.withoutTriggers(
        "UPDATE audit.audit_log SET amount = amount - 1 WHERE position = 400",
        "DO 'BEGIN PERFORM rebuild(400); END'");
    bothFind("checkpoint_differs", "the book at position 600 is not the one that was signed");
    assertThat(operator.sees()).contains("ledger_differs").doesNotContain("content_differs");
  }

  @Test
  void namesAChangedLedger() {
    superuser.does(
        "SET session_replication_role = replica;"
            + " UPDATE banking.ledger_entry SET amount = amount + 1 WHERE user_id = 2 AND sequence = 3");
    assertThat(verify()).isOne();
    assertThat(operator.sees()).contains("ledger_differs: 1 ").contains("user 2 sequence 3");
  }

  @Test
  void namesAChangedCheckpoint() throws IOException {
    superuser.withoutTriggers(
        "UPDATE audit.checkpoint SET hash = sha256('x') WHERE position = 600");
    bothFind("checkpoint_differs", "it was changed after it was signed");
  }

  @Test
  void namesACheckpointThatWasSignedAgainWithAnotherKey() throws IOException {
    var other = folder.resolve("other.pem");
    SigningKey.make(other);
    var signed = checkpointAt(600);
    var again =
        SigningKey.read(other)
            .sign(signed.number(), 600, signed.hash(), signed.root(), signed.createdAt());
    replace(signed, again);
    bothFind("signature_wrong", "by another key than ours");

    var disguised =
        new Checkpoint(
            signed.number(),
            600,
            signed.hash(),
            signed.root(),
            signed.createdAt(),
            signed.keyId(),
            again.signature());
    replace(signed, disguised);
    bothFind("signature_wrong", "not by the key that it names");
  }

  @Test
  void namesADeletedCheckpoint() throws IOException {
    var number = checkpointAt(600).number();
    superuser.withoutTriggers("DELETE FROM audit.checkpoint WHERE position = 600");
    bothFind("checkpoint_missing", "checkpoint " + number);
  }

  private void replace(Checkpoint old, Checkpoint by) {
    var hex = HexFormat.of();
    superuser.withoutTriggers(
        "UPDATE audit.checkpoint SET key_id = '\\x%s', signature = '\\x%s' WHERE number = %d"
            .formatted(hex.formatHex(by.keyId()), hex.formatHex(by.signature()), old.number()));
  }

  private static Checkpoint checkpointAt(long position) throws IOException {
    return Files.readAllLines(COPIES).stream()
        .map(CheckpointLine::read)
        .filter(checkpoint -> checkpoint.position() == position)
        .findFirst()
        .orElseThrow();
  }

  private void bothFind(String kind, String place) throws IOException {
    assertThat(verify()).as(operator.sees()).isOne();
    assertThat(operator.sees()).contains(kind).contains(place).contains("THE BOOK IS NOT SOUND");
    var offline = offline();
    assertThat(offline.exitCode()).isOne();
    assertThat(offline.says()).contains(kind).contains(place);
  }

  private int verify() {
    return operator.types("verify", "--grace", "0", "--checkpoints", COPIES.toString());
  }

  private OfflineVerifier.Answer offline() throws IOException {
    var file = folder.resolve("book.ndjson");
    var exporter = new Operator(DATABASE);
    assertThat(exporter.types("export", "--out", file.toString())).as(exporter.sees()).isZero();
    return OfflineVerifier.run(
        SigningKey.publicFile(Worker.signingKey(DATABASE)),
        List.of("--checkpoints", COPIES.toString(), file.toString()));
  }
}
