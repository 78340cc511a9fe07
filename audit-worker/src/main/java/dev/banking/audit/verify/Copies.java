package dev.banking.audit.verify;

import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.seal.CheckpointLine;
import dev.banking.audit.seal.TrustedKeys;
import dev.banking.audit.seal.TrustedKeys.Judgement;
import dev.banking.audit.stored.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds copies of checkpoints, which left the machine, against the table and the book. */
final class Copies {

  private static final int AT_ONCE = 1_000;
  private static final String HASHES =
      "SELECT position, hash FROM audit.audit_log WHERE position = ANY (?)";

  private final Connection connection;
  private final TrustedKeys keys;
  private final Findings findings;

  Copies(Connection connection, TrustedKeys keys, Findings findings) {
    this.connection = connection;
    this.keys = keys;
    this.findings = findings;
  }

  /**
   * Checks every line.
   *
   * @param last the book's last position
   * @return how many there were
   * @throws IllegalArgumentException when a line is no checkpoint: which
   */
  long check(BufferedReader lines, long last) throws IOException, SQLException {
    var count = 0L;
    var some = new ArrayList<Checkpoint>(AT_ONCE);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.endsWith("}")) {
        continue; // half a line, which a crash left; the whole one follows
      }
      count++;
      try {
        some.add(CheckpointLine.read(line));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + count + " is no checkpoint", e);
      }
      if (some.size() == AT_ONCE) {
        check(some, last);
        some.clear();
      }
    }
    check(some, last);
    return count;
  }

  private void check(List<Checkpoint> copies, long last) throws SQLException {
    var inTable = new HashMap<Long, Checkpoint>();
    var numbers = copies.stream().map(Checkpoint::number).toList();
    for (var checkpoint : new Snapshot(connection).checkpoints(numbers)) {
      inTable.put(checkpoint.number(), checkpoint);
    }
    var hashes = hashes(copies.stream().map(Checkpoint::position).toList());
    for (var copy : copies) {
      var place = "copy of " + Walk.checkpoints(copy.number(), copy.number());
      if (keys.judge(copy) != Judgement.GOOD) {
        findings.add(Kind.SIGNATURE_WRONG, place, "the copy itself is not signed by our key");
        continue;
      }
      var row = inTable.get(copy.number());
      if (row == null) {
        findings.add(Kind.CHECKPOINT_MISSING, place, "the table does not have it");
      } else if (!row.line().equals(copy.line())) {
        findings.add(Kind.CHECKPOINT_DIFFERS, place, "the table has another one");
      }
      against(copy, hashes.get(copy.position()), last, place);
    }
  }

  private void against(Checkpoint copy, byte @Nullable [] hash, long last, String place) {
    if (hash == null) {
      if (copy.position() > last) {
        findings.add(Kind.TAIL_CUT, Walk.positions(last + 1, copy.position()), place);
      }
    } else if (!Arrays.equals(hash, copy.hash())) {
      findings.add(
          Kind.CHECKPOINT_DIFFERS,
          place,
          "the book at position %d is not the one that was signed".formatted(copy.position()));
    }
  }

  private Map<Long, byte[]> hashes(List<Long> positions) throws SQLException {
    var hashes = new HashMap<Long, byte[]>();
    try (var statement = connection.prepareStatement(HASHES)) {
      statement.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          hashes.put(rows.getLong(1), rows.getBytes(2));
        }
      }
    }
    return hashes;
  }
}
