package dev.banking.audit.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One place where two books disagree.
 *
 * @param eventId null when it is about an account as a whole
 */
record Difference(
    Kind kind, long userId, long sequence, @Nullable UUID eventId, @Nullable String detail) {

  static Difference of(ResultSet row) throws SQLException {
    return new Difference(
        Kind.of(row.getString("kind")),
        row.getLong("user_id"),
        row.getLong("sequence"),
        row.getObject("event_id", UUID.class),
        row.getString("detail"));
  }

  @Override
  public String toString() {
    return "user %d sequence %d%s%s"
        .formatted(
            userId,
            sequence,
            eventId == null ? "" : " event " + eventId,
            detail == null ? "" : ": " + detail);
  }
}
