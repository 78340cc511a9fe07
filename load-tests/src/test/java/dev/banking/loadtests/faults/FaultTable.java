package dev.banking.loadtests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The figures of all faults of this run of the suite. */
final class FaultTable {

  private static final Path FILE = Path.of("target", "faults.txt");
  private static final List<Figures> LINES = new ArrayList<>();

  private FaultTable() {}

  static synchronized void add(Figures figures) {
    LINES.add(figures);
    System.out.print(Figures.header() + figures);
  }

  /** Prints the table, and keeps it in {@code target/faults.txt}. */
  static synchronized void print() {
    var table =
        Figures.header() + LINES.stream().map(Figures::toString).collect(Collectors.joining());
    System.out.println("\n" + table);
    try {
      Files.writeString(FILE, table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
