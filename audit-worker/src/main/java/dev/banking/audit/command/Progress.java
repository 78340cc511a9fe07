package dev.banking.audit.command;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal, for books that take longer than a moment; nothing anywhere else. */
public final class Progress {

  private static final int WIDTH = 30;
  private static final long QUIET_NANOS = 700_000_000L;

  private final @Nullable PrintStream terminal;
  private String what = "";
  private long total;
  private long begin;
  private boolean isShown;

  private Progress(@Nullable PrintStream terminal) {
    this.terminal = terminal;
  }

  /** On the terminal that this process was started from, if it was. */
  @SuppressWarnings("SystemConsoleNull") // one checker says never null, the other perhaps
  public static Progress onTerminal(PrintStream out) {
    var console = System.console();
    return new Progress(console != null && console.isTerminal() ? out : null);
  }

  /** For who has nobody watching. */
  public static Progress none() {
    return new Progress(null);
  }

  /**
   * Something begins.
   *
   * @param of how much there is; 0 when that is not known
   */
  public void begin(String things, long of) {
    what = things;
    total = of;
    begin = System.nanoTime();
  }

  public void reached(long count) {
    var nanos = System.nanoTime() - begin;
    if (terminal == null || nanos < QUIET_NANOS) {
      return;
    }
    isShown = true;
    var done = total == 0 ? 0 : (int) Math.min(WIDTH, WIDTH * count / total);
    var bar = total == 0 ? "" : "[" + "#".repeat(done) + "·".repeat(WIDTH - done) + "] ";
    terminal.printf("\r%s%,d %s, %,.0f/s ", bar, count, what, count * 1e9 / nanos);
    terminal.flush();
  }

  /** Leaves the line as if nothing had been on it. */
  public void end() {
    if (terminal != null && isShown) {
      terminal.print("\r" + " ".repeat(78) + "\r");
      terminal.flush();
      isShown = false;
    }
  }
}
