package dev.banking.audit.export;

import dev.banking.audit.seal.CanonicalBytes;
import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.seal.Frontier;
import dev.banking.audit.seal.Inclusion;
import dev.banking.audit.seal.ProofTree;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.seal.TrustedKeys.Judgement;
import dev.banking.audit.stored.CopyRows;
import dev.banking.audit.stored.CopyRows.Row;
import dev.banking.audit.stored.Snapshot;
import dev.banking.audit.stored.StoredEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One user's entries up to the last checkpoint, each with the proof that it is in the tree which
 * that checkpoint signs.
 */
public final class StatementExport {

  /** Entries in one COPY, between which proofs are made on the same connection. */
  private static final int CHUNK = 500;

  private final Connection connection;
  private final SigningKey key;

  /** Reads in the transaction of the connection. */
  public StatementExport(Connection connection, SigningKey key) {
    this.connection = connection;
    this.key = key;
  }

  /** There is nothing to prove against, or the book is not what was signed. */
  public static final class NoProofException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why. */
    public NoProofException(String message) {
      super(message);
    }
  }

  /**
   * Writes it.
   *
   * @return the number of entries
   * @throws NoProofException when nothing is signed yet, or a proof does not hold; some lines may
   *     have been written, but no end
   */
  public long write(OutputStream out, long userId, Instant createdAt)
      throws SQLException, IOException {
    var snapshot = new Snapshot(connection);
    var checkpoint =
        snapshot
            .lastCheckpoint()
            .orElseThrow(() -> new NoProofException("there is no checkpoint yet"));
    if (key.trusted().judge(checkpoint) != Judgement.GOOD) {
      throw new NoProofException("the last checkpoint is not signed by our key");
    }
    var tree = tree(snapshot, checkpoint.position());
    var file = new ExportFile(out, key);
    file.header(
        "statement",
        Map.of("userId", Long.toString(userId)),
        CanonicalBytes.timeText(createdAt),
        snapshot.head());
    for (var cut : snapshot.cuts()) {
      file.cut(cut);
    }
    file.checkpoint(checkpoint);
    var after = 0L;
    for (var last = -1L; last != after; ) {
      last = after;
      after = write(file, userId, after, checkpoint, tree);
    }
    file.end();
    return file.entries();
  }

  private static ProofTree tree(Snapshot snapshot, long size) throws SQLException {
    var blockRoots = snapshot.blockRoots(size / Frontier.BLOCK);
    if (blockRoots.size() != size / Frontier.BLOCK) {
      throw new NoProofException("the roots of the tree's blocks are not complete");
    }
    return new ProofTree(
        size,
        blockRoots,
        (after, count) -> {
          try {
            return snapshot.hashes(after, count);
          } catch (SQLException e) {
            throw new NoProofException("the book cannot be read: " + e.getMessage());
          }
        });
  }

  /** The position of the last entry that was written; {@code after} when there was none. */
  private long write(
      ExportFile file, long userId, long after, Checkpoint checkpoint, ProofTree tree)
      throws SQLException {
    var query =
        """
        SELECT %s FROM audit.audit_log
         WHERE user_id = %d AND position > %d AND position <= %d ORDER BY position LIMIT %d
        """
            .formatted(StoredEntry.COLUMNS, userId, after, checkpoint.position(), CHUNK);
    var entries = read(query);
    var last = after;
    for (var entry : entries) {
      last = entry.position();
      var proof = tree.path(last);
      if (!holds(checkpoint, entry, proof)) {
        throw new NoProofException("position " + last + " is not what was signed");
      }
      file.entry(entry, proof);
    }
    return last;
  }

  private static boolean holds(Checkpoint checkpoint, StoredEntry entry, List<byte[]> proof) {
    return Inclusion.leadsTo(
        checkpoint.root(), checkpoint.position(), entry.position(), entry.hash(), proof);
  }

  private List<StoredEntry> read(String query) throws SQLException {
    var entries = new ArrayList<StoredEntry>();
    var row = new Row();
    try (var rows = new CopyRows(connection, query)) {
      while (rows.next(row)) {
        var entry = new StoredEntry();
        entry.read(row);
        entries.add(entry);
      }
    }
    return entries;
  }
}
