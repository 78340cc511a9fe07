package dev.banking.audit.verify;

import dev.banking.audit.command.Progress;
import dev.banking.audit.seal.Cut;
import dev.banking.audit.seal.TrustedKeys;
import dev.banking.audit.seal.TrustedKeys.Judgement;
import dev.banking.audit.stored.BookReader;
import dev.banking.audit.stored.CopyRows;
import dev.banking.audit.stored.CopyRows.Row;
import dev.banking.audit.stored.LedgerEntry;
import dev.banking.audit.stored.RecordedEvents;
import dev.banking.audit.stored.Snapshot;
import dev.banking.audit.verify.LedgerPlaces.Missing;
import java.io.BufferedReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the book, its checkpoints and the ledger, in the transaction of one connection. */
public final class Verification {

  private static final int TELL_AFTER = 50_000;

  private final Connection connection;
  private final TrustedKeys keys;
  private final Progress progress;
  private final Findings findings = new Findings();
  private final Ledgers ledgers = new Ledgers();
  private final Walk walk;
  private @Nullable Long ledgerEntries;
  private List<Cut> cuts = List.of();

  /** The caller has begun the transaction, and ends it. */
  Verification(Connection connection, TrustedKeys keys, Progress progress) {
    this.connection = connection;
    this.keys = keys;
    this.progress = progress;
    this.walk = new Walk(keys, findings);
  }

  /** Chain, signatures, head. */
  Verification readBook() throws SQLException {
    var snapshot = new Snapshot(connection);
    var head = snapshot.head();
    cuts = snapshot.cuts();
    cuts.forEach(walk::cut);
    progress.begin("entries", head.position() - walk.last());
    new BookReader(connection)
        .read(
            entry -> {
              walk.entry(entry);
              if (entry.movesMoney()) {
                ledgers.inBook(entry);
              }
              if (walk.entries() % TELL_AFTER == 0) {
                progress.reached(walk.entries());
              }
            },
            walk::checkpoint);
    walk.end(head.position(), head.hash());
    progress.end();
    return this;
  }

  /**
   * Completeness and agreement, after the book.
   *
   * @return what is missing in the book, but may be on its way
   */
  List<Missing> compareLedger() throws SQLException {
    var count = 0L;
    var row = new Row();
    var entry = new LedgerEntry();
    progress.begin("ledger entries", 0);
    var begin = walk.begin();
    var dropped = begin == null ? 0 : begin.position();
    checkDropped();
    var query = "SELECT " + LedgerEntry.COLUMNS + " FROM banking.ledger_entry";
    if (dropped > 0) {
      query += " WHERE " + LedgerPlaces.notDropped(dropped);
    }
    try (var rows = new CopyRows(connection, query)) {
      while (rows.next(row)) {
        entry.read(row);
        ledgers.inLedger(entry);
        if (++count % TELL_AFTER == 0) {
          progress.reached(count);
        }
      }
    }
    progress.end();
    ledgerEntries = count;
    var places = new LedgerPlaces(connection);
    places.nameGaps(findings);
    var different = ledgers.different();
    return different.isEmpty() ? List.of() : places.name(different, dropped, findings);
  }

  /**
   * The ids that tell which changes of the ledger were dropped from the book are the signed ones.
   */
  private void checkDropped() throws SQLException {
    var after = 0L;
    for (var cut : cuts) {
      if (keys.judge(cut) == Judgement.GOOD) {
        var digest = RecordedEvents.digest(connection, after, cut.position());
        if (!Arrays.equals(digest, cut.events())) {
          findings.add(
              Kind.CUT_DIFFERS,
              "cut " + cut.number(),
              "the events up to position %d are not the ones that were dropped"
                  .formatted(cut.position()));
        }
        after = cut.position();
      }
    }
  }

  /** The numbers of what is wrong in the book and its checkpoints; empty when it is sound. */
  public static String faults(Connection connection, TrustedKeys keys) throws SQLException {
    return new Verification(connection, keys, Progress.none()).readBook().findings().counts();
  }

  /** Copies of checkpoints, after the book. */
  long checkCopies(BufferedReader copies) throws IOException, SQLException {
    return new Copies(connection, keys, findings).check(copies, walk.last());
  }

  Findings findings() {
    return findings;
  }

  Report report() {
    return new Report(
        walk.entries(), walk.last(), walk.checkpoints(), ledgerEntries, walk.begin(), findings);
  }
}
