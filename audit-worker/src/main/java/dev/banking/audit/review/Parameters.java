package dev.banking.audit.review;

import dev.banking.audit.http.BadInputException;
import dev.banking.common.Money;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The typed reads of parameters. Nothing is coerced: what is malformed, unknown or there twice is
 * refused. An empty one counts as left out, because forms send all of their fields.
 */
public final class Parameters {

  /** What a search may be narrowed by. */
  private static final Set<String> FILTERS =
      Set.of(
          "user",
          "from",
          "to",
          "type",
          "outcome",
          "actor",
          "requestId",
          "operationId",
          "amountMin",
          "amountMax");

  private static final Set<String> TYPES =
      Set.of("balance.updated", "balance.update.failed", "user.created");
  private static final Set<String> OUTCOMES = Set.of("applied", "refused", "created");
  private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,18}");
  private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,13}(\\.[0-9]{1,2})?");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern LOCAL =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?");
  private static final int LONGEST_TEXT = 256;
  private static final int MOST_ROWS = 200;

  private final HttpServletRequest request;

  /**
   * The request's parameters.
   *
   * @param besides the names that are allowed besides those of a search
   * @throws BadInputException when there is one by another name
   */
  public Parameters(HttpServletRequest request, String... besides) {
    this.request = request;
    var extra = Set.of(besides);
    for (var name : Collections.list(request.getParameterNames())) {
      if (!FILTERS.contains(name) && !extra.contains(name)) {
        throw new BadInputException(
            name.length() > 40 ? name.substring(0, 40) + "…" : name, "is not known");
      }
    }
  }

  /** What is looked for. */
  public Filter filter() {
    return new Filter(
        positive("user"),
        time("from", false),
        time("to", true),
        oneOf("type", TYPES),
        oneOf("outcome", OUTCOMES),
        text("actor"),
        text("requestId"),
        uuid("operationId"),
        amount("amountMin"),
        amount("amountMax"));
  }

  /** The position before which the page begins; that of no entry when it is the first page. */
  public long cursor() {
    var cursor = positive("cursor");
    return cursor == null ? Long.MAX_VALUE : cursor;
  }

  /** The rows of a page. */
  public int limit(int usual) {
    var limit = positive("limit");
    if (limit == null) {
      return usual;
    }
    if (limit > MOST_ROWS) {
      throw new BadInputException("limit", "must be a whole number from 1 to " + MOST_ROWS);
    }
    return limit.intValue();
  }

  /** A number in a path. */
  public static long positive(String name, String text) {
    if (POSITIVE.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException _) {
        // 19 digits beyond 2^63-1: the same answer
      }
    }
    throw new BadInputException(name, "must be a whole number from 1 to 9223372036854775807");
  }

  private @Nullable Long positive(String name) {
    var text = text(name);
    return text == null ? null : positive(name, text);
  }

  /** The value as it was sent; null when there is none. */
  public @Nullable String text(String name) {
    var values = request.getParameterValues(name);
    if (values == null) {
      return null;
    }
    if (values.length > 1) {
      throw new BadInputException(name, "must be given once");
    }
    var text = values[0].strip();
    if (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
      throw new BadInputException(name, "must be at most " + LONGEST_TEXT + " characters of text");
    }
    return text.isEmpty() ? null : text;
  }

  private @Nullable String oneOf(String name, Set<String> words) {
    var text = text(name);
    if (text != null && !words.contains(text)) {
      throw new BadInputException(
          name, "must be one of " + String.join(", ", words.stream().sorted().toList()));
    }
    return text;
  }

  private @Nullable UUID uuid(String name) {
    var text = text(name);
    if (text == null) {
      return null;
    }
    try {
      var uuid = UUID.fromString(text);
      if (uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException _) {
      // the same answer
    }
    throw new BadInputException(name, "must be a UUID");
  }

  private @Nullable BigDecimal amount(String name) {
    var text = text(name);
    if (text == null) {
      return null;
    }
    if (!AMOUNT.matcher(text).matches()) {
      throw new BadInputException(
          name, "must be an amount with at most two decimals, up to 9999999999999.99");
    }
    return Money.parse(text).toBigDecimal();
  }

  /** An instant; or, as a form sends it, a day or a minute in UTC, which ends when it is over. */
  private @Nullable Instant time(String name, boolean isEnd) {
    var text = text(name);
    if (text == null) {
      return null;
    }
    try {
      Instant time;
      var span = Duration.ZERO;
      if (DAY.matcher(text).matches()) {
        time = LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        span = Duration.ofDays(1);
      } else if (LOCAL.matcher(text).matches()) {
        time = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        span = text.length() > 16 ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
      } else {
        time = Instant.parse(text);
      }
      var year = time.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 1 && year <= 9_999) {
        return isEnd ? time.plus(span) : time;
      }
    } catch (DateTimeException _) {
      // the same answer
    }
    throw new BadInputException(name, "must be a time in UTC, such as 2026-11-01T12:00:00Z");
  }
}
