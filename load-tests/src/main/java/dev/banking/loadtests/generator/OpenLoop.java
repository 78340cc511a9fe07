package dev.banking.loadtests.generator;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Requests that arrive at a constant rate, however slow the answers are, from one thread with many
 * kept connections. A request's latency counts from when it was due, not from when it could be
 * sent: what waits because others are slow is slow itself (Gil Tene, "How NOT to Measure Latency",
 * 2013).
 */
public final class OpenLoop implements AutoCloseable {

  /** Longest sleep while a request is due soon: its price is a little processor time. */
  private static final long NAP_NANOS = 100_000;

  private static final long MILLI = 1_000_000;

  /** What is not answered so long after the last request was due is given up. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Selector selector = Selector.open();
  private final List<Exchange> all = new ArrayList<>();
  private final Deque<Exchange> idle = new ArrayDeque<>();

  /** Opens so many connections. */
  public OpenLoop(URI base, int connections) throws IOException {
    for (var number = 0; number < connections; number++) {
      var exchange = new Exchange(base, selector);
      all.add(exchange);
      idle.add(exchange);
    }
  }

  /** One run: its schedule, and what it has seen so far. */
  private static final class Run {

    final Schedule schedule;
    final long startNanos = System.nanoTime();
    final Histogram latencies = new Histogram();
    long sent;
    long answered;
    long refused;
    long failed;

    Run(Schedule schedule) {
      this.schedule = schedule;
    }

    boolean isOver(long now) {
      var last = schedule.dueNanos(schedule.total());
      return answered + failed >= schedule.total() || now - startNanos > last + PATIENCE.toNanos();
    }

    Load load(long now) {
      var unanswered = schedule.total() - answered;
      var seconds = (double) (now - startNanos) / 1e9;
      return new Load(answered, refused, unanswered, seconds, latencies.latency());
    }
  }

  /**
   * Fires so many a second.
   *
   * @param request the bytes of the request with this number, from 0 on
   */
  public Load fire(double perSecond, Duration duration, LongFunction<byte[]> request)
      throws IOException {
    return fire(perSecond, duration, request, () -> true);
  }

  /**
   * As {@link #fire(double, Duration, LongFunction)}.
   *
   * @param goOn asked now and then; when it says false, nothing more is sent
   */
  public Load fire(
      double perSecond, Duration duration, LongFunction<byte[]> request, BooleanSupplier goOn)
      throws IOException {
    var run = new Run(Schedule.of(perSecond, duration));
    var now = run.startNanos;
    while (!run.isOver(now) && goOn.getAsBoolean()) {
      send(run, now, request);
      await(run, now);
      now = System.nanoTime();
      receive(run, now);
    }
    return run.load(now);
  }

  /** Sends what is due, as far as there are connections. */
  private void send(Run run, long now, LongFunction<byte[]> request) throws IOException {
    var due = run.schedule.dueBy(now - run.startNanos);
    while (run.sent < due && !idle.isEmpty()) {
      var exchange = idle.pop();
      if (exchange.send(
          request.apply(run.sent), run.startNanos + run.schedule.dueNanos(run.sent))) {
        run.sent++;
      } else {
        revive(exchange);
      }
    }
  }

  /** Until an answer is there, or a request is due: then not a moment longer. */
  private void await(Run run, long now) throws IOException {
    var due = run.startNanos + run.schedule.dueNanos(run.sent) - now;
    var isLast = run.sent >= run.schedule.total();
    if (isLast || idle.isEmpty() || due >= 2 * MILLI) {
      selector.select(isLast || idle.isEmpty() ? 1 : due / MILLI - 1);
    } else {
      if (due > 0) {
        LockSupport.parkNanos(Math.min(due, NAP_NANOS));
      }
      selector.selectNow();
    }
  }

  private void receive(Run run, long now) throws IOException {
    for (var key : selector.selectedKeys()) {
      var exchange = (Exchange) key.attachment();
      if (exchange == null || !key.isValid()) {
        continue;
      }
      var isOurs = exchange.isWaiting();
      var status = exchange.receive();
      if (status == Exchange.BROKEN) {
        run.failed += isOurs ? 1 : 0;
        revive(exchange);
      } else if (status != Exchange.PENDING) {
        run.answered++;
        run.refused += status >= 400 ? 1 : 0;
        run.latencies.record(now - exchange.dueNanos());
        idle.push(exchange);
      }
    }
    selector.selectedKeys().clear();
  }

  private void revive(Exchange exchange) throws IOException {
    idle.remove(exchange);
    exchange.connect();
    idle.addLast(exchange);
  }

  @Override
  public void close() throws IOException {
    for (var exchange : all) {
      exchange.close();
    }
    selector.close();
  }
}
