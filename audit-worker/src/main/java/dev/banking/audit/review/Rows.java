package dev.banking.audit.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries for spreadsheets and for programs, a few at a time. */
final class Rows {

  private static final String HEADER =
      "position,occurredAt,recordedAt,userId,sequence,type,outcome,reason,amount,balanceBefore,"
          + "balanceAfter,actor,requestId,operationId,eventId\r\n";

  private final Writer out;
  private final JsonMapper mapper;

  Rows(Writer out, JsonMapper mapper) {
    this.out = out;
    this.mapper = mapper;
  }

  void csvHeader() throws IOException {
    out.write(HEADER);
  }

  void csv(List<BookEntry> entries) {
    try {
      for (var entry : entries) {
        out.write(csv(entry));
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void ndjson(List<BookEntry> entries) {
    try {
      for (var entry : entries) {
        out.write(mapper.writeValueAsString(entry));
        out.write('\n');
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String csv(BookEntry entry) {
    return String.join(
            ",",
            Long.toString(entry.position()),
            time(entry.occurredAt()),
            time(entry.recordedAt()),
            Long.toString(entry.userId()),
            Long.toString(entry.sequence()),
            cell(entry.type()),
            cell(entry.outcome()),
            cell(entry.reason()),
            number(entry.amount()),
            number(entry.balanceBefore()),
            number(entry.balanceAfter()),
            cell(entry.actor()),
            cell(entry.requestId()),
            entry.operationId().toString(),
            entry.eventId().toString())
        + "\r\n";
  }

  private static String number(BigDecimal amount) {
    return amount.setScale(2).toPlainString();
  }

  private static String time(Instant time) {
    return time.toString();
  }

  /**
   * Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe.
   *
   * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV injection</a>
   */
  static String cell(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    var safe = "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    var needsQuotes = safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return needsQuotes ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
