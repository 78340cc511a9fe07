package dev.banking.loadtests.report;

import java.util.Locale;

/** What is measured in a round. */
public enum Figure {
  REQUESTS_PER_SECOND("requests/s", "%,.0f"),
  P50_MILLIS("p50 ms", "%.2f"),
  P99_MILLIS("p99 ms", "%.2f"),
  P999_MILLIS("p99.9 ms", "%.2f"),
  API_CPU_MILLIS("CPU ms API", "%.3f"),
  POSTGRES_CPU_MILLIS("CPU ms PostgreSQL", "%.3f"),
  WAL_BYTES("WAL bytes", "%,.0f"),
  TRANSACTIONS("transactions", "%.3f"),
  OUTBOX_LEFT("outbox left", "%,.0f"),
  EVENTS_UNDERWAY("with broker and workers", "%,.0f"),
  SECONDS_BEHIND("drained after s", "%.1f"),
  UNEXPECTED("unexpected answers", "%,.0f");

  private final String title;
  private final String format;

  Figure(String title, String format) {
    this.title = title;
    this.format = format;
  }

  public String title() {
    return title;
  }

  /** For people; "-": not measured. */
  public String text(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
