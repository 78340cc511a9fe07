package dev.banking.api.tracing;

import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.TimeUnit;

/**
 * When what happened to one request, by {@link System#nanoTime}. Written by one thread after the
 * other: what hands the request over makes the times visible too.
 */
public final class RequestTimes {

  /** No time that is asked for: the counter begins anywhere. */
  private static final long NEVER = Long.MIN_VALUE;

  private final long startNanos = System.nanoTime();
  private long queuedNanos = NEVER;
  private long takenNanos = NEVER;
  private long decidedNanos = NEVER;
  private SpanContext batch = SpanContext.getInvalid();

  /** The request waits for its turn from now on. */
  public void queued() {
    if (queuedNanos == NEVER) {
      queuedNanos = System.nanoTime();
    }
  }

  /** Its turn has come; only the first time counts. */
  public void taken(long nanos) {
    if (takenNanos == NEVER) {
      takenNanos = nanos;
    }
  }

  /** As {@link #taken(long)}, together with others. */
  public void taken(long nanos, SpanContext batch) {
    taken(nanos);
    this.batch = batch;
  }

  /** The database has answered; the last time counts. */
  public void decided(long nanos) {
    decidedNanos = nanos;
  }

  /**
   * The value of the reply's {@code Server-Timing}, in milliseconds, see <a
   * href="https://www.w3.org/TR/server-timing/">the specification</a>: the wait, the database, and
   * all until now. What did not happen is left out.
   */
  public String serverTiming() {
    var now = System.nanoTime();
    var value = new StringBuilder(56);
    if (queuedNanos != NEVER) {
      append(value, "queue;dur=", (takenNanos == NEVER ? now : takenNanos) - queuedNanos);
    }
    if (takenNanos != NEVER && decidedNanos != NEVER) {
      append(value, "db;dur=", decidedNanos - takenNanos);
    }
    append(value, "total;dur=", now - startNanos);
    return value.toString();
  }

  /** By hand: a format string would cost more than everything that is measured here. */
  private static void append(StringBuilder value, String metric, long nanos) {
    var tenths = TimeUnit.NANOSECONDS.toMicros(nanos) / 100;
    if (!value.isEmpty()) {
      value.append(", ");
    }
    value.append(metric).append(tenths / 10).append('.').append(tenths % 10);
  }

  /** Visits the stages that there were, in their order. */
  void forEach(Stages stages) {
    if (queuedNanos != NEVER && takenNanos != NEVER) {
      stages.stage("queue wait", queuedNanos, takenNanos, SpanContext.getInvalid());
    }
    if (takenNanos != NEVER && decidedNanos != NEVER) {
      stages.stage("transaction", takenNanos, decidedNanos, batch);
    }
  }

  /** Takes the stages of a request. */
  interface Stages {

    /** One stage; {@code batch} is valid when it was shared with other requests. */
    void stage(String name, long fromNanos, long toNanos, SpanContext batch);
  }
}
