package dev.banking.loadtests.history;

import dev.banking.loadtests.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The check of one user. */
final class UserCheck {

  private static final long MAX_CENTS = 999_999_999_999_999L;

  private final long userId;
  private final long stalenessNanos;
  private final List<Operation> reads;
  private final Map<String, Command> commands = new HashMap<>();
  private final States states;
  private final List<Violation> violations = new ArrayList<>();

  UserCheck(
      long userId, List<Operation> operations, List<LedgerRow> unordered, long stalenessNanos) {
    this.userId = userId;
    this.stalenessNanos = stalenessNanos;
    reads = operations.stream().filter(it -> it.kind() == Operation.Kind.READ).toList();
    var byKey = new HashMap<String, Command>();
    for (var operation : operations) {
      if (operation.kind() == Operation.Kind.CHANGE) {
        var key = operation.key();
        var command = key == null ? new Command() : byKey.computeIfAbsent(key, _ -> new Command());
        command.add(operation);
        commands.put(operation.requestId(), command);
      }
    }
    // Linear when they are in order already, as they come from the database.
    var rows = unordered.stream().sorted(Comparator.comparingLong(LedgerRow::sequence)).toList();
    states = new States(rows, commands);
  }

  List<Violation> violations() {
    for (var position = 1; position <= states.last(); position++) {
      checkRow(position);
      checkOrder(position);
    }
    new LinkedHashSet<>(commands.values()).forEach(this::checkCommand);
    reads.forEach(this::checkRead);
    return violations;
  }

  private void checkRow(int position) {
    var row = states.row(position);
    var before = position == 1 ? 0 : states.row(position - 1).sequence();
    if (row.sequence() != before + 1) {
      report(Kind.GAP, row.sequence(), "follows " + before, before(position), maker(position));
    } else if (row.balanceCents() != states.balance(position - 1) + row.cents()
        || row.balanceCents() < 0) {
      var what =
          states.balance(position - 1) + " + " + row.cents() + " became " + row.balanceCents();
      report(Kind.LOST_UPDATE, row.sequence(), what, before(position), maker(position));
    }
    var command = commands.get(row.requestId());
    if (command == null) {
      report(Kind.UNASKED, row.sequence(), "nobody sent request " + row.requestId());
    } else {
      command.add(row);
      if (command.cents() != row.cents()) {
        report(Kind.UNASKED, row.sequence(), "has the amount " + row.cents(), maker(position));
      }
    }
  }

  private void checkOrder(int position) {
    var command = commands.get(states.row(position).requestId());
    if (command != null) {
      var maker = command.attempt(states.row(position).requestId());
      if (maker.startNanos() > states.untilNanos(position)) {
        var later = states.endedBy(position);
        var what = "began after sequence " + states.row(later).sequence() + " was acknowledged";
        report(Kind.REORDERED, states.row(position).sequence(), what, maker, maker(later));
      }
    }
  }

  private void checkCommand(Command command) {
    var rows = command.rows();
    var first = command.firstDecided();
    if (rows.size() > 1) {
      var what = "also has sequence " + rows.getFirst().sequence();
      report(
          Kind.DOUBLED_COMMAND,
          rows.get(1).sequence(),
          what,
          command.attempt(rows.get(0).requestId()),
          command.attempt(rows.get(1).requestId()));
    }
    for (var row : rows) {
      var attempt = command.attempt(row.requestId());
      if (attempt.answer() instanceof Answer.NotApplied
          || (first != null && first.answer() instanceof Answer.Refused)) {
        var denied = attempt.answer() instanceof Answer.NotApplied ? attempt : first;
        report(Kind.LIED_NOT_APPLIED, row.sequence(), "is in the ledger", denied, attempt);
      }
    }
    if (first != null) {
      checkReplays(command, first);
      switch (first.answer()) {
        case Answer.Applied applied -> checkAcknowledged(command, first, applied);
        case Answer.Refused refused -> checkRefusal(command, first, refused);
        default -> throw new IllegalStateException("undecided: " + first);
      }
    }
  }

  private void checkReplays(Command command, Operation first) {
    for (var attempt : command.attempts()) {
      if (attempt.isDecided() && !attempt.answer().equals(first.answer())) {
        var what = "key " + first.key() + " was answered in two ways";
        report(Kind.DIFFERING_REPLAY, sequenceOf(first), what, first, attempt);
      }
    }
  }

  private void checkAcknowledged(Command command, Operation told, Answer.Applied applied) {
    var position = states.position(applied.sequence());
    if (position < 1) {
      report(Kind.LOST_ACKNOWLEDGEMENT, applied.sequence(), "is not in the ledger", told);
      return;
    }
    var row = states.row(position);
    if (!command.rows().contains(row)) {
      var what = "belongs to request " + row.requestId();
      report(Kind.LOST_ACKNOWLEDGEMENT, applied.sequence(), what, told, maker(position));
    } else if (row.balanceCents() != applied.cents()) {
      var what = "has the balance " + row.balanceCents() + " in the ledger";
      report(Kind.LOST_ACKNOWLEDGEMENT, applied.sequence(), what, told);
    }
  }

  private void checkRefusal(Command command, Operation told, Answer.Refused refused) {
    var cents = command.cents();
    var start = command.firstStartNanos();
    var justified =
        switch (refused.reason()) {
          case Answer.Refused.INSUFFICIENT_FUNDS ->
              states.existed(start, told.endNanos(), balance -> balance + cents < 0);
          case Answer.Refused.BALANCE_LIMIT_EXCEEDED ->
              states.existed(start, told.endNanos(), balance -> balance + cents > MAX_CENTS);
          default -> false;
        };
    if (!justified) {
      var position = states.firstAliveAt(start);
      var what = "no balance meanwhile justifies it; before: " + states.balance(position);
      report(Kind.UNJUSTIFIED_REFUSAL, sequenceAt(position), what, told, maker(position));
    }
  }

  private void checkRead(Operation read) {
    if (!(read.answer() instanceof Answer.Shown(long sequence, long cents))) {
      return;
    }
    var position = states.position(sequence);
    if (position < 0) {
      report(Kind.PHANTOM_READ, sequence, "is not in the ledger", read);
    } else if (states.balance(position) != cents) {
      var what = "has the balance " + states.balance(position) + " in the ledger";
      report(Kind.PHANTOM_READ, sequence, what, read, maker(position));
    } else if (states.fromNanos(position) > read.endNanos()) {
      report(Kind.PHANTOM_READ, sequence, "was asked for later", read, maker(position));
    } else if (states.untilNanos(position) < read.startNanos() - stalenessNanos) {
      var later = states.endedBy(position);
      var what = "although " + states.row(later).sequence() + " was acknowledged before";
      report(Kind.STALE_READ, sequence, what, read, maker(later));
    }
  }

  private long sequenceAt(int position) {
    return position == 0 ? 0 : states.row(position).sequence();
  }

  private static long sequenceOf(Operation operation) {
    return operation.answer() instanceof Answer.Applied applied ? applied.sequence() : 0;
  }

  private @Nullable Operation maker(int position) {
    return states.maker(position);
  }

  private @Nullable Operation before(int position) {
    return states.maker(position - 1);
  }

  private void report(Kind kind, long sequence, String what, @Nullable Operation... operations) {
    var known =
        Stream.of(operations).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    violations.add(new Violation(kind, userId, sequence, what, known));
  }
}
