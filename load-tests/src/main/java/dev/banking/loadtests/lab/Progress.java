package dev.banking.loadtests.lab;

import java.io.PrintStream;

/** Tells the person at the terminal that it goes on. */
public final class Progress {

  private final PrintStream out;
  private final long startNanos = System.nanoTime();

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** A line, with the time since the start before it. */
  public void say(String line) {
    var seconds = (System.nanoTime() - startNanos) / 1_000_000_000;
    out.printf("%3d:%02d  ", seconds / 60, seconds % 60);
    out.println(line);
  }

  /** Without the time. */
  public void print(String text) {
    out.println(text);
  }
}
