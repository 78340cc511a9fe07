package dev.banking.audit.retention;

import dev.banking.audit.export.MonthExport;
import dev.banking.audit.seal.CanonicalBytes;
import dev.banking.audit.seal.Cut;
import dev.banking.audit.seal.Frontier;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.seal.TrustedKeys;
import dev.banking.audit.stored.RecordedEvents;
import dev.banking.audit.stored.Snapshot;
import dev.banking.audit.stored.Snapshot.Head;
import dev.banking.audit.verify.Verification;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the oldest month into a file, signs where the book is cut, and drops it. */
final class RetireMonth {

  private final Connection connection;
  private final SigningKey key;
  private final TrustedKeys keys;
  private final Archive archive;
  private final Clock clock;
  private final MonthTable months;

  RetireMonth(
      Connection connection, SigningKey key, TrustedKeys keys, Archive archive, Clock clock) {
    this.connection = connection;
    this.key = key;
    this.keys = keys;
    this.archive = archive;
    this.clock = clock;
    this.months = new MonthTable(connection);
  }

  /** A cut with what it keeps for the tree. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares two of these
  private record Prepared(Cut cut, byte[] edge) {}

  /**
   * Drops it; committed when this returns.
   *
   * @return the cut; null when the month had no entries
   * @throws NotNowException when something stands in the way: nothing was dropped
   */
  @Nullable Cut run(YearMonth month) throws SQLException, IOException {
    Snapshot.begin(connection);
    var prepared = prepare(month);
    connection.rollback();
    connection.setReadOnly(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    try {
      if (prepared != null) {
        months.append(prepared.cut(), prepared.edge());
      }
      months.retire(month);
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
    return prepared == null ? null : prepared.cut();
  }

  private @Nullable Prepared prepare(YearMonth month) throws SQLException, IOException {
    var until = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    var last = months.lastBefore(until).orElse(null);
    if (last == null) {
      return null;
    }
    var snapshot = new Snapshot(connection);
    refuseIfSomethingStandsInTheWay(snapshot, until, last);
    var before = snapshot.cuts();
    var after = before.isEmpty() ? 0 : before.getLast().position();
    var stretch = stretch(snapshot, before);
    var now = clock.instant();
    var file =
        archive.write(
            month,
            out ->
                new MonthExport(connection, key).write(out, month, now, after, last, stretch::add));
    var events = stretch.events();
    if (stretch.size() != last.position()
        || !Arrays.equals(events, RecordedEvents.digest(connection, after, last.position()))) {
      throw new NotNowException("audit.recorded_event does not have the events of the month");
    }
    return new Prepared(cut(before, until, last, stretch, events, file, now), stretch.edge());
  }

  private void refuseIfSomethingStandsInTheWay(Snapshot snapshot, Instant until, Head last)
      throws SQLException {
    var hold = months.holding(until);
    if (hold.isPresent()) {
      throw new NotNowException("hold %d is not released".formatted(hold.get()));
    }
    var signed = snapshot.lastCheckpoint();
    if (signed.isEmpty() || signed.get().position() <= last.position()) {
      throw new NotNowException("no head after its last entry is signed");
    }
    var faults = Verification.faults(connection, keys);
    if (!faults.isEmpty()) {
      throw new NotNowException("the book is not sound: " + faults);
    }
  }

  /** What goes with a cut after these begins with what they have left. */
  static Stretch stretch(Snapshot snapshot, List<Cut> before) throws SQLException {
    if (before.isEmpty()) {
      return new Stretch(new Frontier(), List.of());
    }
    var cut = before.getLast();
    var inBlock = (int) (cut.position() % Frontier.BLOCK);
    return new Stretch(
        Frontier.of(cut.position(), cut.frontier()),
        snapshot.hashes(cut.position() - inBlock, inBlock));
  }

  private Cut cut(
      List<Cut> before,
      Instant until,
      Head last,
      Stretch stretch,
      byte[] events,
      byte[] file,
      Instant now)
      throws SQLException {
    return new Cut(
            before.size() + 1L,
            last.position(),
            last.hash(),
            stretch.frontier(),
            months.lastCheckpoint(last.position()),
            CanonicalBytes.timeText(until),
            events,
            file,
            CanonicalBytes.timeText(now),
            new byte[] {},
            new byte[] {})
        .signedBy(key);
  }
}
