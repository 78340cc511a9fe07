package dev.banking.notification.parked;

import java.util.List;
import java.util.stream.IntStream;

/** Parked messages as a table for people: one line each. */
final class ParkedTable {

  private static final int BODY_BYTES = 60;
  private static final int REASON_LENGTH = 60;
  private static final List<String> HEADINGS =
      List.of("MESSAGE ID", "TYPE", "PARKED AT", "FROM", "REASON", "SIZE", "BODY");

  private ParkedTable() {}

  static String of(List<ParkedMessage> messages) {
    var rows = messages.stream().map(ParkedTable::cells).toList();
    var widths =
        IntStream.range(0, HEADINGS.size())
            .map(column ->
                rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .reduce(HEADINGS.get(column).length(), Math::max))
            .toArray();
    var table = new StringBuilder(line(HEADINGS, widths));
    rows.forEach(row -> table.append(line(row, widths)));
    return table.toString();
  }

  private static List<String> cells(ParkedMessage message) {
    return List.of(
        message.id(),
        message.type(),
        message.parkedAt(),
        message.from(),
        cut(message.reason()),
        Integer.toString(message.body().length),
        Printable.bytes(message.body(), BODY_BYTES));
  }

  private static String cut(String reason) {
    return reason.length() <= REASON_LENGTH ? reason : reason.substring(0, REASON_LENGTH) + "…";
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < widths.length; column++) {
      line.append(cells.get(column)).repeat(' ', widths[column] - cells.get(column).length() + 2);
    }
    return line.toString().stripTrailing() + "\n";
  }
}
