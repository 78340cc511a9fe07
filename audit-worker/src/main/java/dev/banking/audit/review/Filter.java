package dev.banking.audit.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are looked for; null: whatever the value is.
 *
 * @param from the first moment of decision, inclusive
 * @param to the end, exclusive
 * @param amountMin of the signed amount, inclusive
 * @param amountMax of the signed amount, inclusive
 */
public record Filter(
    @Nullable Long user,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String type,
    @Nullable String outcome,
    @Nullable String actor,
    @Nullable String requestId,
    @Nullable UUID operationId,
    @Nullable BigDecimal amountMin,
    @Nullable BigDecimal amountMax) {

  /** Everything. */
  public static final Filter ALL =
      new Filter(null, null, null, null, null, null, null, null, null, null);

  /** One user's entries. */
  public static Filter ofUser(long user) {
    return new Filter(user, null, null, null, null, null, null, null, null, null);
  }

  /** Conditions, joined by AND, and the values of their parameters. */
  record Sql(String conditions, List<Object> values) {}

  Sql sql() {
    var conditions = new ArrayList<String>();
    var values = new ArrayList<Object>();
    add("user_id = ?", user, conditions, values);
    add("occurred_at >= ?", utc(from), conditions, values);
    add("occurred_at < ?", utc(to), conditions, values);
    add("event_type = ?", type, conditions, values);
    add("outcome = ?", outcome, conditions, values);
    add("actor = ?", actor, conditions, values);
    add("request_id = ?", requestId, conditions, values);
    add("operation_id = ?", operationId, conditions, values);
    add("amount >= ?", amountMin, conditions, values);
    add("amount <= ?", amountMax, conditions, values);
    if ("refused".equals(outcome) || "created".equals(outcome)) {
      conditions.add("outcome <> 'applied'"); // so that the planner knows the index of the unusual
    }
    return new Sql(
        conditions.isEmpty() ? "true" : String.join(" AND ", conditions), List.copyOf(values));
  }

  private static @Nullable Object utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static void add(
      String condition, @Nullable Object value, List<String> conditions, List<Object> values) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
  }
}
