package dev.banking.audit.pages;

import dev.banking.audit.review.BookEntry;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** How values look on a page. Always UTC, and the same for every reader. */
public final class Show {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
  private static final JsonMapper PRETTY =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final String MINUS = "\u2212";

  private final Instant now;

  Show(Instant now) {
    this.now = now;
  }

  /** {@code 10,100.50}, with a true minus. */
  public String amount(BigDecimal amount) {
    var plain = format("#,##0.00").format(amount.abs());
    return amount.signum() < 0 ? MINUS + plain : plain;
  }

  /** As well, with a plus. */
  public String signed(BigDecimal amount) {
    return amount.signum() > 0 ? "+" + amount(amount) : amount(amount);
  }

  /** How an amount is to be taken: {@code moot} when it was refused, else {@code less, more}. */
  public String tone(BookEntry entry) {
    return entry.outcome().equals("refused")
        ? "moot"
        : entry.amount().signum() < 0 ? "less" : "more";
  }

  public String number(long number) {
    return format("#,##0").format(number);
  }

  /** To the second. */
  public String time(Instant time) {
    return SECONDS.format(time);
  }

  /** To the microsecond. */
  public String exactly(Instant time) {
    return MICROS.format(time);
  }

  /** {@code 3 minutes ago}. */
  public String ago(Instant time) {
    var age = Duration.between(time, now);
    return age.isNegative() || age.toSeconds() < 1 ? "just now" : span(age) + " ago";
  }

  /** In the largest unit that it fills. */
  public String span(Duration span) {
    if (span.toDays() > 1) {
      return span.toDays() + " days";
    }
    if (span.toHours() > 1) {
      return span.toHours() + " hours";
    }
    if (span.toMinutes() > 1) {
      return span.toMinutes() + " minutes";
    }
    return span.toMillis() < 1_000
        ? span.toMillis() + " ms"
        : span.toSeconds() == 1 ? "1 second" : span.toSeconds() + " seconds";
  }

  /**
   * A word of the database for people: {@code insufficient_funds} is {@code insufficient funds}.
   */
  public String words(String word) {
    return word.replace('_', ' ');
  }

  /** The beginning of something long. */
  public String shortly(String hash) {
    return hash.length() > 12 ? hash.substring(0, 12) + "…" : hash;
  }

  /** JSON with a line for each value; as it is when it is none. */
  public String json(String text) {
    try {
      return PRETTY.writeValueAsString(PRETTY.readTree(text));
    } catch (JacksonException _) {
      return text;
    }
  }

  private static DecimalFormat format(String pattern) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
  }
}
