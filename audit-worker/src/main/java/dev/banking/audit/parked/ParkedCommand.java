package dev.banking.audit.parked;

import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.command.ExitCode;
import dev.banking.audit.command.Operator;
import dev.banking.audit.command.Options;
import dev.banking.audit.command.RunningSystem;
import dev.banking.common.Topology;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code parked list} and {@code parked replay}. */
public final class ParkedCommand {

  private static final String PARKED = Topology.AUDIT_LOG_PARKED;
  private static final String QUEUE = Topology.AUDIT_LOG;

  /** RabbitMQ 4 drops a message of a quorum queue that has been given back 20 times. */
  private static final int RENEWED_AFTER_DELIVERIES = 5;

  public static final String HELP =
      """
      parked list [--limit 100]
        Shows the messages in %1$s. They stay; but the broker lends them and takes them back,
        so that they count as delivered again, and their order may change. A message that was
        lent %3$d times is moved to the end of the queue: the broker would drop it in the end.

      parked replay (--id ID ... | --all) [--dry-run] [--actor NAME]
        Moves messages from %1$s back to the end of %2$s, as they were before they were
        parked. Whatever is killed on the way, no message is lost; one may come twice, which the
        worker knows by the event's id. What is still poison will be parked again.
        Before anything is moved, who does it, when, and the message ids are written to the table
        audit.operator_action, which cannot be changed. If that cannot be done nothing is moved.
        --id ID       the message with this id, as the list shows it; may be repeated
        --all         all messages that are parked now
        --dry-run     only say what would be moved
        --actor NAME  who does it, if it is not this machine's user
      """
          .formatted(PARKED, QUEUE, RENEWED_AFTER_DELIVERIES);

  private final Supplier<RunningSystem> system;
  private final PrintStream out;

  /**
   * Does nothing yet.
   *
   * @param system asked when it is needed
   */
  public ParkedCommand(Supplier<RunningSystem> system, PrintStream out) {
    this.system = system;
    this.out = out;
  }

  /**
   * Lists or replays.
   *
   * @param words what follows {@code parked}
   * @throws CommandFailedException when it cannot
   */
  public ExitCode run(List<String> words) {
    var options = words.subList(Math.min(1, words.size()), words.size());
    return switch (words.isEmpty() ? "" : words.getFirst()) {
      case "list" -> list(Options.parse(options, Set.of(), Set.of("--limit")));
      case "replay" ->
          replay(Options.parse(options, Set.of("--all", "--dry-run"), Set.of("--id", "--actor")));
      default -> throw new CommandFailedException("parked what? list or replay");
    };
  }

  private ExitCode list(Options options) {
    var limit = options.number("--limit", 100, 1, 10_000);
    try (var queue = ParkedQueue.open(system.get(), PARKED)) {
      var waiting = queue.waiting();
      var messages = new ArrayList<ParkedMessage>();
      while (messages.size() < limit && queue.next().map(messages::add).orElse(false)) {
        // Lent until the queue is closed, or the next one would be the same.
      }
      if (messages.isEmpty()) {
        out.println("Nothing is parked in " + PARKED + ".");
        return ExitCode.DONE;
      }
      out.print(ParkedTable.of(messages));
      out.printf("%d of %d parked in %s.%n", messages.size(), waiting, PARKED);
      queue.renew(
          messages.stream()
              .filter(message -> message.deliveries() >= RENEWED_AFTER_DELIVERIES)
              .toList());
      return ExitCode.DONE;
    }
  }

  private ExitCode replay(Options options) {
    if (options.has("--all") == options.has("--id")) {
      throw new CommandFailedException("replay what? either --all, or one or more --id");
    }
    var found = system.get();
    try (var queue = ParkedQueue.open(found, PARKED)) {
      var actions = new OperatorActions(found, Operator.of(options));
      var ids = options.has("--all") ? null : Set.copyOf(options.all("--id"));
      return new Replay(queue, actions, PARKED, QUEUE, out).run(ids, options.has("--dry-run"));
    }
  }
}
