package dev.banking.loadtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * Twice as many requests as the API can decide, from clients that do not wait. One command a
 * transaction makes the API slow enough that this machine can offer it twice its capacity.
 */
@WithBank
class OverloadIT {

  private static final Map<String, String> SLOW = Map.of("BANKING_LANE_MAXBATCH", "1");
  private static final Duration WARM_UP = Duration.ofSeconds(12);
  private static final Duration OVERLOAD = Duration.ofSeconds(40);
  private static final double GOODPUT = 0.9;
  private static final double ANSWERED_WITHIN_MILLIS = 1_000;
  private static final double MOST_GROWTH = 1.15;

  @Test
  void twiceTheCapacity(Bank bank) throws Exception {
    bank.api().stop();
    bank.api().launch(SLOW);
    bank.api().awaitReady();
    var run = FaultRun.begin(bank, "overload: twice the capacity, open loop", Duration.ofMillis(1));
    var offered = new ConcurrentLinkedQueue<Operation>();
    var name = "o" + Long.toString(System.nanoTime(), 36);
    try (var clients = new OpenLoop(bank, name, run.users(), offered)) {
      var capacity = clients.capacity(32, WARM_UP);
      run.broken();
      clients.fire(2 * capacity, OVERLOAD.dividedBy(4));
      var before = bank.api().residentMebibytes();
      var from = System.nanoTime();
      clients.fire(2 * capacity, OVERLOAD);
      var seconds = (System.nanoTime() - from) / 1e9;
      var after = bank.api().residentMebibytes();
      run.restored();
      run.goOn(Duration.ofSeconds(3));

      var overload = offered.stream().filter(it -> it.startNanos() - from > 0).toList();
      var good = overload.stream().filter(it -> !Figures.isError(it.answer())).count() / seconds;
      var slowest =
          overload.stream()
              .filter(it -> Figures.isError(it.answer()))
              .mapToDouble(it -> (it.endNanos() - it.startNanos()) / 1e6)
              .sorted()
              .toArray();
      System.out.printf(
          "overload: capacity %.0f/s, offered %.0f/s, decided %.0f/s, 503 p50 %.0f ms, p99 %.0f ms,"
              + " max %.0f ms, not sent %d, RSS %d to %d MiB%n",
          capacity,
          overload.size() / seconds,
          good,
          slowest[slowest.length / 2],
          slowest[slowest.length * 99 / 100],
          slowest[slowest.length - 1],
          clients.notSent(),
          before,
          after);
      run.add(offered);
      run.finish().assertNothingLostNothingTwice();
      assertThat(overload)
          .filteredOn(it -> Figures.isError(it.answer()))
          .extracting(Operation::answer)
          .containsOnly(new Answer.NotApplied("overloaded"));
      assertThat(good).as("decided per second").isGreaterThanOrEqualTo(GOODPUT * capacity);
      assertThat(slowest[slowest.length - 1])
          .as("the slowest 503, in ms")
          .isLessThanOrEqualTo(ANSWERED_WITHIN_MILLIS);
      assertThat(after).as("RSS in MiB").isLessThan((long) (before * MOST_GROWTH));
    } finally {
      bank.api().stop();
      bank.api().start();
    }
  }
}
