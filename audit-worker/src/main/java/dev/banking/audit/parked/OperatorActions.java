package dev.banking.audit.parked;

import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.command.Operator;
import dev.banking.audit.command.RunningSystem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The table {@code audit.operator_action}: who did what by hand, append-only. */
final class OperatorActions {

  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final String UNDEFINED_TABLE = "42P01";

  private final RunningSystem system;
  private final Operator operator;

  /**
   * Connects to nothing yet.
   *
   * @param operator who does it
   */
  OperatorActions(RunningSystem system, Operator operator) {
    this.system = system;
    this.operator = operator;
  }

  /**
   * One replay of some messages.
   *
   * @param operationId what its records have in common
   */
  record Replay(UUID operationId, String from, String to, List<String> messageIds) {}

  /**
   * Writes that it is about to be done; committed when this returns.
   *
   * @throws CommandFailedException when it is not written: it must not be done
   */
  void intended(Replay replay) {
    try {
      write(replay, "intended", "");
    } catch (SQLException e) {
      var hint =
          UNDEFINED_TABLE.equals(e.getSQLState())
              ? " Start the audit-worker of this version once: it creates the table."
              : "";
      throw new CommandFailedException(
          "nothing was replayed, because who does it cannot be written down (%s, %s).%s"
              .formatted(e.getMessage(), system, hint),
          e);
    }
  }

  /**
   * Writes how it ended.
   *
   * @throws CommandFailedException when it is not written; the intention is
   */
  void ended(Replay replay, boolean isDone, String detail) {
    try {
      write(replay, isDone ? "done" : "failed", detail);
    } catch (SQLException e) {
      throw new CommandFailedException(
          "the end of replay %s (%s) cannot be written down; its intention is: %s"
              .formatted(replay.operationId(), isDone ? "done" : detail, e.getMessage()),
          e);
    }
  }

  private void write(Replay replay, String phase, String detail) throws SQLException {
    try (var connection = system.connect(SILENCE);
        var statement =
            connection.prepareStatement(
                """
                INSERT INTO audit.operator_action
                  (operation_id, actor, os_user, action, phase, source, target, message_ids, detail)
                VALUES (?, ?, ?, 'parked.replay', ?, ?, ?, ?, ?)
                """)) {
      statement.setObject(1, replay.operationId());
      statement.setString(2, operator.actor());
      statement.setString(3, operator.osUser());
      statement.setString(4, phase);
      statement.setString(5, replay.from());
      statement.setString(6, replay.to());
      statement.setArray(7, connection.createArrayOf("text", replay.messageIds().toArray()));
      statement.setString(8, detail);
      statement.executeUpdate();
    }
  }
}
