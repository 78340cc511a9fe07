package dev.banking.audit.review;

import dev.banking.audit.review.EntryInFull.Proof;
import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.seal.Frontier;
import dev.banking.audit.seal.Inclusion;
import dev.banking.audit.seal.ProofTree;
import dev.banking.audit.stored.CopyRows;
import dev.banking.audit.stored.CopyRows.Row;
import dev.banking.audit.stored.Snapshot;
import dev.banking.audit.stored.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One entry with all that proves it, computed again from what is stored. */
@Component
public class Proofs {

  private static final HexFormat HEX = HexFormat.of();

  private final JdbcClient jdbc;
  private final JdbcTemplate template;

  Proofs(JdbcClient jdbc, JdbcTemplate template) {
    this.jdbc = jdbc;
    this.template = template;
  }

  /** The entry at a position; empty when there is none. */
  public Optional<EntryInFull> of(long position) {
    return jdbc.sql(
            "SELECT %s FROM audit.audit_log WHERE position = ?".formatted(BookEntry.COLUMNS))
        .param(position)
        .query(BookEntry::of)
        .optional()
        .map(entry -> template.execute((Connection connection) -> inFull(connection, entry)));
  }

  private static EntryInFull inFull(Connection connection, BookEntry entry) throws SQLException {
    var snapshot = new Snapshot(connection);
    var stored = stored(connection, entry.position());
    var before = snapshot.hashes(entry.position() - 2, 1);
    return new EntryInFull(
        entry,
        event(connection, entry.position()),
        HEX.formatHex(stored.previousHash()),
        HEX.formatHex(stored.hash()),
        stored.isIntact(),
        before.isEmpty() || Arrays.equals(before.getFirst(), stored.previousHash()),
        proof(snapshot, stored));
  }

  private static StoredEntry stored(Connection connection, long position) throws SQLException {
    var query =
        "SELECT %s FROM audit.audit_log WHERE position = %d"
            .formatted(StoredEntry.COLUMNS, position);
    var entry = new StoredEntry();
    var row = new Row();
    try (var rows = new CopyRows(connection, query)) {
      while (rows.next(row)) {
        entry.read(row);
      }
    }
    return entry;
  }

  private static String event(Connection connection, long position) throws SQLException {
    try (var statement =
        connection.prepareStatement("SELECT event FROM audit.audit_log WHERE position = ?")) {
      statement.setLong(1, position);
      return Snapshot.all(statement, row -> new String(row.getBytes(1), StandardCharsets.UTF_8))
          .getFirst();
    }
  }

  private static @Nullable Proof proof(Snapshot snapshot, StoredEntry entry) throws SQLException {
    var signed = snapshot.lastCheckpoint().orElse(null);
    if (signed == null || signed.position() < entry.position()) {
      return null;
    }
    List<byte[]> path;
    try {
      path = tree(snapshot, signed.position()).path(entry.position());
    } catch (IllegalArgumentException | IllegalStateException _) {
      path = List.of(); // blocks or entries are missing: a proof that does not hold
    }
    return proof(signed, entry, path);
  }

  private static Proof proof(Checkpoint signed, StoredEntry entry, List<byte[]> path) {
    return new Proof(
        signed.number(),
        signed.position(),
        signed.createdAt(),
        HEX.formatHex(signed.keyId()),
        HEX.formatHex(signed.root()),
        path.stream().map(HEX::formatHex).toList(),
        Inclusion.leadsTo(signed.root(), signed.position(), entry.position(), entry.hash(), path));
  }

  private static ProofTree tree(Snapshot snapshot, long size) throws SQLException {
    return new ProofTree(
        size,
        snapshot.blockRoots(size / Frontier.BLOCK),
        (after, count) -> {
          try {
            return snapshot.hashes(after, count);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
