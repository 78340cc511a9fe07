package dev.banking.loadtests.bench;

import java.io.PrintStream;

/** Tells the person at the terminal that it goes on. */
final class Progress {

  private final PrintStream out;
  private final long startNanos = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  /** A line, with the time since the start before it. */
  void say(String line) {
    var seconds = (System.nanoTime() - startNanos) / 1_000_000_000;
    out.printf("%3d:%02d  ", seconds / 60, seconds % 60);
    out.println(line);
  }

  /** Without the time. */
  void print(String text) {
    out.println(text);
  }
}
