package dev.banking.api.account;

import dev.banking.api.lane.LaneProperties;
import dev.banking.api.lane.Lanes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import org.springframework.stereotype.Component;

/** The use case: one command, one future outcome. */
@Component
class ChangeBalance {

  private final Lanes<BalanceChange, Outcome> lanes;

  ChangeBalance(LaneProperties properties, BookBatch bookBatch, MeterRegistry metrics) {
    lanes =
        new Lanes<>(
            properties,
            bookBatch::execute,
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
    var ticket = lanes.submit(command.userId(), command);
    return ticket == null ? new Outcome.Overloaded() : ticket.outcome().join();
  }

  @PreDestroy
  void close() {
    lanes.close();
  }
}
