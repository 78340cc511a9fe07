package dev.banking.audit.hold;

import dev.banking.audit.command.Operator;
import dev.banking.audit.command.RunningSystem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables {@code audit.legal_hold} and {@code audit.legal_hold_release}, append-only. */
final class Holds {

  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final String LIST =
      """
      SELECT h.number, h.user_id, h.reason, h.actor,
             to_char(h.placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS placed_at,
             r.reason AS release_reason, r.actor AS release_actor,
             to_char(r.released_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS released_at
        FROM audit.legal_hold h LEFT JOIN audit.legal_hold_release r ON r.number = h.number
       WHERE ? OR r.number IS NULL
       ORDER BY h.number
      """;

  private final RunningSystem system;
  private final Operator operator;

  /**
   * Connects to nothing yet.
   *
   * @param operator who does it
   */
  Holds(RunningSystem system, Operator operator) {
    this.system = system;
    this.operator = operator;
  }

  /**
   * A hold, for people.
   *
   * @param of {@code the whole book}, or whose entries
   * @param released how it ended; null while it holds
   */
  record Hold(
      long number,
      String of,
      String reason,
      String actor,
      String placedAt,
      @Nullable String released) {}

  /** Places one; committed when this returns its number. */
  long add(@Nullable Long userId, String reason) throws SQLException {
    try (var connection = open()) {
      record(connection, "hold add", (userId == null ? "all" : "user=" + userId) + " " + reason);
      long number;
      try (var statement =
          connection.prepareStatement(
              """
              INSERT INTO audit.legal_hold (user_id, reason, actor, os_user)
              VALUES (?, ?, ?, ?) RETURNING number
              """)) {
        statement.setObject(1, userId, Types.BIGINT);
        statement.setString(2, reason);
        statement.setString(3, operator.actor());
        statement.setString(4, operator.osUser());
        try (var row = statement.executeQuery()) {
          row.next();
          number = row.getLong(1);
        }
      }
      connection.commit();
      return number;
    }
  }

  /** Releases one; committed when this returns. */
  void release(long number, String reason) throws SQLException {
    try (var connection = open()) {
      record(connection, "hold release", "number=" + number + " " + reason);
      try (var statement =
          connection.prepareStatement(
              """
              INSERT INTO audit.legal_hold_release (number, reason, actor, os_user)
              VALUES (?, ?, ?, ?)
              """)) {
        statement.setLong(1, number);
        statement.setString(2, reason);
        statement.setString(3, operator.actor());
        statement.setString(4, operator.osUser());
        statement.executeUpdate();
      }
      connection.commit();
    }
  }

  /** Those that hold; or all there ever were. */
  List<Hold> list(boolean withReleased) throws SQLException {
    try (var connection = open()) {
      record(connection, "hold list", withReleased ? "all" : "");
      connection.commit();
      var holds = new ArrayList<Hold>();
      try (var statement = connection.prepareStatement(LIST)) {
        statement.setBoolean(1, withReleased);
        read(statement, holds);
      }
      return holds;
    }
  }

  private static void read(PreparedStatement statement, List<Hold> holds) throws SQLException {
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        var user = rows.getString("user_id");
        var releasedAt = rows.getString("released_at");
        holds.add(
            new Hold(
                rows.getLong("number"),
                user == null ? "the whole book" : "user " + user,
                rows.getString("reason"),
                rows.getString("actor"),
                rows.getString("placed_at"),
                releasedAt == null
                    ? null
                    : "%s by %s: %s"
                        .formatted(
                            releasedAt,
                            rows.getString("release_actor"),
                            rows.getString("release_reason"))));
      }
    }
  }

  private Connection open() throws SQLException {
    var connection = system.connect(SILENCE);
    connection.setAutoCommit(false);
    return connection;
  }

  /** As every reading of the book: in the same transaction, or nothing is done. */
  private void record(Connection connection, String command, String words) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            INSERT INTO audit.access_log (actor, address, path, query, request_id)
            VALUES (?, ?, ?, ?, ?)
            """)) {
      statement.setString(1, operator.actor());
      statement.setString(2, "command of " + operator.osUser());
      statement.setString(3, command);
      statement.setString(4, words);
      statement.setString(5, UUID.randomUUID().toString());
      statement.executeUpdate();
    }
  }
}
