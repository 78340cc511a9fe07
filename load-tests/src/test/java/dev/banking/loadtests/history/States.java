package dev.banking.loadtests.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The states of one account in the order of the ledger, each with the time in which it can have
 * existed: from the start of the operation that made it (or of an earlier one, if that began later)
 * to the first acknowledgement of any operation behind it. Position 0 is the empty account.
 */
final class States {

  /** Nothing is known of the one who made it, or nobody was told. */
  private static final long NEVER = Long.MAX_VALUE;

  private final List<LedgerRow> rows;
  private final @Nullable Operation[] makers;
  private final long[] fromNanos;
  private final long[] untilNanos;
  private final int[] endedBy;
  private final Map<Long, Integer> positions;

  /**
   * Lays the ledger beside the clients' operations.
   *
   * @param rows of one user, in the order of their sequences
   * @param commands by the request ids of their attempts
   */
  States(List<LedgerRow> rows, Map<String, Command> commands) {
    var size = rows.size() + 1;
    this.rows = rows;
    makers = new @Nullable Operation[size];
    fromNanos = new long[size];
    untilNanos = new long[size];
    endedBy = new int[size];
    positions = HashMap.newHashMap(size);
    fromNanos[0] = Long.MIN_VALUE;
    positions.put(0L, 0);
    var acknowledged = new @Nullable Operation[size];
    for (var position = 1; position < size; position++) {
      var row = rows.get(position - 1);
      positions.putIfAbsent(row.sequence(), position);
      var command = commands.get(row.requestId());
      var maker = command == null ? null : command.attempt(row.requestId());
      acknowledged[position] = command == null ? null : acknowledged(command, maker);
      makers[position] = acknowledged[position] == null ? maker : acknowledged[position];
      var start = maker == null ? Long.MIN_VALUE : maker.startNanos();
      fromNanos[position] = Math.max(fromNanos[position - 1], start);
    }
    limit(acknowledged);
  }

  private void limit(@Nullable Operation[] acknowledged) {
    var until = NEVER;
    var by = 0;
    for (var position = rows.size(); position >= 0; position--) {
      untilNanos[position] = until;
      endedBy[position] = by;
      var told = acknowledged[position];
      if (told != null && told.endNanos() < until) {
        until = told.endNanos();
        by = position;
      }
    }
  }

  private static @Nullable Operation acknowledged(Command command, @Nullable Operation maker) {
    var first = command.firstDecided();
    // An acknowledgement before the maker began is another violation, and proves nothing here.
    return first != null
            && first.isApplied()
            && maker != null
            && first.endNanos() >= maker.startNanos()
        ? first
        : null;
  }

  int last() {
    return rows.size();
  }

  /** The row that made the state; not of position 0. */
  LedgerRow row(int position) {
    return rows.get(position - 1);
  }

  long balance(int position) {
    return position == 0 ? 0 : row(position).balanceCents();
  }

  /** Who made the state, if we know. */
  @Nullable Operation maker(int position) {
    return makers[position];
  }

  /** The first time at which it can have existed. */
  long fromNanos(int position) {
    return fromNanos[position];
  }

  /** The last time at which it can have existed. */
  long untilNanos(int position) {
    return untilNanos[position];
  }

  /** The later state whose acknowledgement sets that last time; 0 if none does. */
  int endedBy(int position) {
    return endedBy[position];
  }

  /** -1 when there is no such sequence. */
  int position(long sequence) {
    return positions.getOrDefault(sequence, -1);
  }

  /** Whether a state with such a balance can have existed at some time between the two. */
  boolean existed(long startNanos, long endNanos, LongPredicate balance) {
    for (var position = firstAliveAt(startNanos); position <= last(); position++) {
      if (fromNanos[position] > endNanos) {
        return false;
      }
      if (balance.test(balance(position))) {
        return true;
      }
    }
    return false;
  }

  /** The ends of states never go back, so a binary search finds the first that is late enough. */
  int firstAliveAt(long nanos) {
    var low = 0;
    var high = last();
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (untilNanos[middle] < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
