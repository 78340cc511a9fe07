package dev.banking.audit.stored;

import dev.banking.audit.seal.Tree;
import dev.banking.audit.stored.CopyRows.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One row of the book as it is stored now; used again for each row. */
public final class StoredEntry {

  /** In the order of the format; the two hashes after it. */
  public static final String COLUMNS =
      """
      format, position, event_id, event_type, actor, user_id, sequence, operation_id, amount,
      balance_before, balance_after, outcome, reason, request_id, traceparent, occurred_at,
      recorded_at, event, previous_hash, hash\
      """;

  private static final List<String> NAMES =
      List.of(
          "format",
          "position",
          "eventId",
          "eventType",
          "actor",
          "userId",
          "sequence",
          "operationId",
          "amount",
          "balanceBefore",
          "balanceAfter",
          "outcome",
          "reason",
          "requestId",
          "traceparent",
          "occurredAt",
          "recordedAt",
          "event");

  private final Canonical canonical = new Canonical();
  private final MessageDigest digest = Tree.sha256();

  private long position;
  private long userId;
  private boolean isIntact;
  private boolean movesMoney;
  private byte[] previousHash = {};
  private byte[] hash = {};

  // Where fields begin in the canonical bytes.
  private int eventId;
  private int eventType;
  private int actor;
  private int outcome;
  private int requestId;
  private int traceparent;
  private int occurredAt;
  private int recordedAt;

  /** Reads the row, and computes its hash again. */
  public void read(Row row) {
    canonical.clear();
    canonical.number(row);
    position = canonical.number(row);
    eventId = canonical.length();
    canonical.uuid(row);
    eventType = canonical.length();
    canonical.bytes(row);
    actor = canonical.length();
    canonical.bytes(row);
    userId = canonical.number(row);
    canonical.number(row);
    canonical.uuid(row);
    var amount = canonical.amount(row);
    canonical.amount(row);
    canonical.amount(row);
    outcome = canonical.length();
    canonical.bytes(row);
    movesMoney = canonical.endsWith("applied") || (canonical.endsWith("created") && amount != 0);
    canonical.bytes(row);
    requestId = canonical.length();
    canonical.bytes(row);
    traceparent = canonical.length();
    canonical.bytes(row);
    occurredAt = canonical.length();
    canonical.time(row);
    recordedAt = canonical.length();
    canonical.time(row);
    canonical.bytes(row);
    previousHash = row.array();
    hash = row.array();
    digest.update(previousHash);
    digest.update(canonical.array(), 0, canonical.length());
    isIntact = Arrays.equals(hash, digest.digest());
  }

  /** What the ledger must say as well: the fields of {@link LedgerEntry}, in its order. */
  public void hashChange(MessageDigest into) {
    into.update(canonical.array(), eventId, eventType - eventId);
    into.update(canonical.array(), actor, outcome - actor);
    into.update(canonical.array(), requestId, traceparent - requestId);
    into.update(canonical.array(), occurredAt, recordedAt - occurredAt);
  }

  /** The id of its event, as {@link RecordedEvents} hashes it. */
  public void hashEventId(MessageDigest into) {
    into.update(canonical.array(), eventId, eventType - eventId);
  }

  /**
   * The fields that are hashed, in their order, by the names that an export gives them: each the
   * text that is hashed, the event in base64.
   */
  public void fields(BiConsumer<String, @Nullable String> to) {
    var bytes = ByteBuffer.wrap(canonical.array(), 0, canonical.length());
    for (var name : NAMES) {
      var length = bytes.getInt();
      if (length == Row.NULL) {
        to.accept(name, null);
        continue;
      }
      var field = new byte[length];
      bytes.get(field);
      to.accept(
          name,
          name.equals("event")
              ? Base64.getEncoder().encodeToString(field)
              : new String(field, StandardCharsets.UTF_8));
    }
  }

  public long position() {
    return position;
  }

  public long userId() {
    return userId;
  }

  public byte[] previousHash() {
    return previousHash;
  }

  public byte[] hash() {
    return hash;
  }

  /** Whether the hash is that of the content. */
  public boolean isIntact() {
    return isIntact;
  }

  /** Whether the ledger has an entry for it. */
  public boolean movesMoney() {
    return movesMoney;
  }
}
