package dev.banking.api.account;

import dev.banking.api.lane.LaneProperties;
import dev.banking.api.lane.Lanes;
import dev.banking.api.lane.Ticket;
import dev.banking.api.tracing.Tracing;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.util.List;
import org.springframework.stereotype.Component;

/** The use case: one command, one future outcome. */
@Component
class ChangeBalance {

  private final Lanes<BalanceChange, Outcome> lanes;
  private final BookBatch bookBatch;
  private final Tracing tracing;

  ChangeBalance(
      LaneProperties properties, BookBatch bookBatch, Tracing tracing, MeterRegistry metrics) {
    this.bookBatch = bookBatch;
    this.tracing = tracing;
    lanes =
        new Lanes<>(
            properties,
            this::execute,
            _ -> bookBatch.isDatabaseAway() ? new Outcome.Unavailable() : new Outcome.Overloaded());
    watch(metrics);
  }

  /** What the lanes count themselves: read when somebody asks for it. */
  private void watch(MeterRegistry metrics) {
    Gauge.builder("banking.lane.waiting", lanes, Lanes::waiting)
        .description("Commands that wait in all lanes")
        .register(metrics);
    FunctionCounter.builder("banking.lane.rejected", lanes, Lanes::rejected)
        .description("Commands that were not let into a lane: full, or too slow")
        .register(metrics);
    FunctionCounter.builder("banking.lane.withdrawn", lanes, Lanes::withdrawn)
        .description("Commands that waited too long in a lane and were not executed")
        .register(metrics);
  }

  /** Waits for the outcome. The wait is bounded by the lane's and the booking's own bounds. */
  Outcome change(BalanceChange command) {
    command.request().times().queued();
    var ticket = lanes.submit(command.userId(), command);
    return ticket == null ? new Outcome.Overloaded() : ticket.outcome().join();
  }

  private void execute(List<Ticket<BalanceChange, Outcome>> batch) {
    var now = System.nanoTime();
    var span =
        tracing.batch("lane batch", batch, ticket -> ticket.command().request().traceparent());
    for (var ticket : batch) {
      ticket.command().request().times().taken(now, span.getSpanContext());
    }
    try {
      bookBatch.execute(batch);
    } finally {
      span.end();
    }
  }

  @PreDestroy
  void close() {
    lanes.close();
  }
}
