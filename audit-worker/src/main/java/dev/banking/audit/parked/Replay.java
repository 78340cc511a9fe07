package dev.banking.audit.parked;

import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.command.ExitCode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One walk through a parking queue: each batch is written down, moved, and written down again. */
final class Replay {

  /** What is published before it is confirmed, and what one record of the operator's names. */
  private static final int BATCH = 200;

  private final ParkedQueue queue;
  private final OperatorActions actions;
  private final String parked;
  private final String target;
  private final PrintStream out;

  private final Set<String> seen = new HashSet<>();
  private int moved;
  private int refused;

  Replay(
      ParkedQueue queue, OperatorActions actions, String parked, String target, PrintStream out) {
    this.queue = queue;
    this.actions = actions;
    this.parked = parked;
    this.target = target;
    this.out = out;
  }

  /**
   * Moves what is parked now, and nothing that is parked meanwhile: poison comes back.
   *
   * @param ids those to move; null means all
   * @param isDryRun only says what it would move
   */
  ExitCode run(@Nullable Set<String> ids, boolean isDryRun) {
    var batch = new ArrayList<ParkedMessage>();
    var waiting = queue.waiting();
    for (var left = waiting; left > 0; left--) {
      var next = queue.next();
      if (next.isEmpty()) {
        break;
      }
      if (isWanted(next.get(), ids)) {
        batch.add(next.get());
      }
      if (batch.size() == BATCH) {
        move(batch, isDryRun);
        batch.clear();
      }
    }
    move(batch, isDryRun);
    return conclude(ids, isDryRun, waiting);
  }

  /** A message that is not wanted stays borrowed, or it would be the next one again. */
  private boolean isWanted(ParkedMessage message, @Nullable Set<String> ids) {
    if (ids != null && !ids.contains(message.id())) {
      return false;
    }
    seen.add(message.id());
    if (!message.from().equals(target)) {
      refused++;
      out.printf(
          "  %s stays: it was not parked from %s but from \"%s\"%n",
          message.id(), target, message.from());
      return false;
    }
    return true;
  }

  private void move(List<ParkedMessage> batch, boolean isDryRun) {
    if (batch.isEmpty()) {
      return;
    }
    if (!isDryRun) {
      moveRecorded(batch);
    }
    moved += batch.size();
    for (var message : batch) {
      out.printf("  %s %s%n", message.id(), isDryRun ? "would be replayed" : "replayed");
    }
  }

  private void moveRecorded(List<ParkedMessage> batch) {
    var replay =
        new OperatorActions.Replay(
            UUID.randomUUID(), parked, target, batch.stream().map(ParkedMessage::id).toList());
    actions.intended(replay);
    try {
      queue.move(batch, target);
    } catch (CommandFailedException e) {
      try {
        actions.ended(replay, false, String.valueOf(e.getMessage()));
      } catch (CommandFailedException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    actions.ended(replay, true, "");
  }

  private ExitCode conclude(@Nullable Set<String> ids, boolean isDryRun, int waiting) {
    var missing = new HashSet<>(ids == null ? Set.of() : ids);
    missing.removeAll(seen);
    missing.stream().sorted().forEach(id -> out.printf("  %s is not in %s%n", id, parked));
    if (waiting == 0) {
      out.println("Nothing is parked in " + parked + ".");
    } else {
      out.printf(
          "%d of %d messages %s to %s.%n",
          moved, waiting, isDryRun ? "would be replayed" : "replayed", target);
    }
    return missing.isEmpty() && refused == 0 ? ExitCode.DONE : ExitCode.NOT_ALL_IS_WELL;
  }
}
