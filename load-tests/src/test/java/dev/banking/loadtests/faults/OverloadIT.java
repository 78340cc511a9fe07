package dev.banking.loadtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.bank.PostgresProxy.Network;
import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Twice as many requests as the API can decide, from clients that do not wait. Small batches and a
 * slow network to PostgreSQL set its capacity, and not the processors, which it shares with the
 * clients.
 */
@WithBank
class OverloadIT {

  private static final Map<String, String> SLOW = Map.of("BANKING_LANE_MAXBATCH", "40");
  private static final int CLOSED_LOOP_CLIENTS = 200;
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration MEASURE = Duration.ofSeconds(8);
  private static final Duration OVERLOAD = Duration.ofSeconds(60);
  private static final double GOODPUT = 0.9;
  private static final long ANSWERED_WITHIN_MILLIS = 1_000;
  private static final double MOST_GROWTH = 1.1;

  @BeforeEach
  void slow(Bank bank) {
    bank.api().stop();
    bank.api().launch(SLOW);
    bank.api().awaitReady();
    bank.proxy().become(Network.SLOW);
  }

  @AfterEach
  void asBefore(Bank bank) {
    bank.proxy().become(Network.GOOD);
    bank.api().stop();
    bank.api().start();
  }

  @Test
  void twiceTheCapacity(Bank bank) throws Exception {
    var run = FaultRun.withoutTraffic(bank, "overload: twice the capacity, open loop");
    var offered = new ConcurrentLinkedQueue<Operation>();
    var name = "o" + Long.toString(System.nanoTime(), 36);
    try (var clients = new OpenLoop(bank, name, run.users(), offered)) {
      var cold = clients.capacity(CLOSED_LOOP_CLIENTS, WARM_UP);
      var capacity = clients.capacity(CLOSED_LOOP_CLIENTS, MEASURE);
      System.out.printf("overload: capacity %.0f/s, cold %.0f/s%n", capacity, cold);
      run.broken();
      // Until the heap has been used to its bound: from then on growth would be a leak.
      clients.fire(2 * capacity, OVERLOAD);
      var residentBefore = bank.api().residentMebibytes();
      var from = System.nanoTime();
      clients.fire(2 * capacity, OVERLOAD);
      var residentAfter = bank.api().residentMebibytes();
      run.restored();
      var _ = clients.capacity(1, Duration.ofSeconds(1));
      run.add(offered);

      var inTime = from + OVERLOAD.toNanos();
      var overload =
          offered.stream()
              .filter(it -> it.startNanos() - from > 0 && it.startNanos() - inTime < 0)
              .toList();
      var decided =
          overload.stream()
              .filter(it -> !Figures.isError(it.answer()) && it.endNanos() - inTime < 0)
              .count();
      var goodput = decided / (double) OVERLOAD.toSeconds();
      System.out.printf(
          "overload: capacity %.0f/s, offered %.0f/s, decided %.0f/s, not sent %d,"
              + " RSS %d MiB, later %d MiB, milliseconds to a 503: %s%n",
          capacity,
          overload.size() / (double) OVERLOAD.toSeconds(),
          goodput,
          clients.notSent(),
          residentBefore,
          residentAfter,
          millisToError(overload));

      run.finish().assertNothingLostNothingTwice();
      assertThat(overload.stream().map(Operation::answer).filter(Figures::isError).distinct())
          .containsExactly(new Answer.NotApplied("overloaded"));
      assertThat(goodput).as("decided per second").isGreaterThanOrEqualTo(GOODPUT * capacity);
      assertThat(residentAfter)
          .as("RSS in MiB")
          .isLessThan((long) ((double) residentBefore * MOST_GROWTH));
      assertThat(millisToError(overload).getLast())
          .as("the slowest 503, in ms")
          .isLessThanOrEqualTo(ANSWERED_WITHIN_MILLIS);
    }
  }

  /** Median, 99th percentile, slowest. */
  private static List<Long> millisToError(List<Operation> operations) {
    var millis =
        operations.stream()
            .filter(it -> Figures.isError(it.answer()))
            .map(it -> (it.endNanos() - it.startNanos()) / 1_000_000)
            .sorted()
            .toList();
    if (millis.isEmpty()) {
      return List.of(0L);
    }
    return List.of(
        millis.get(millis.size() / 2), millis.get(millis.size() * 99 / 100), millis.getLast());
  }
}
