package dev.banking.loadtests.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts; as Markdown it reads well in a terminal too. */
public final class Table {

  private final List<String> headers = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** One more column. */
  public Table header(String title) {
    headers.add(title);
    return this;
  }

  /** One more row. */
  public Table row(List<String> cells) {
    if (cells.size() != headers.size()) {
      throw new IllegalArgumentException(cells + " does not fit " + headers);
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** Markdown, its columns aligned: the first to the left, the others to the right. */
  @Override
  public String toString() {
    var text = new StringBuilder(line(headers));
    text.append('|');
    for (var column = 0; column < headers.size(); column++) {
      text.append("-".repeat(width(column) + 1)).append(column == 0 ? "-" : ":").append('|');
    }
    text.append('\n');
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private String line(List<String> cells) {
    var line = new StringBuilder("|");
    for (var column = 0; column < cells.size(); column++) {
      var padding = " ".repeat(width(column) - cells.get(column).length());
      line.append(' ');
      line.append(column == 0 ? cells.get(column) + padding : padding + cells.get(column));
      line.append(" |");
    }
    return line.append('\n').toString();
  }

  private int width(int column) {
    return Math.max(
        headers.get(column).length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }
}
