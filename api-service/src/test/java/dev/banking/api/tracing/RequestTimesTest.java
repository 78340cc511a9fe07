package dev.banking.api.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTimesTest {

  private final RequestTimes times = new RequestTimes();

  @Test
  void namesOnlyWhatHappened() {
    assertThat(times.serverTiming()).matches("total;dur=[0-9]+\\.[0-9]");
  }

  @Test
  void tellsMillisecondsInTenths() {
    times.queued();
    var taken = System.nanoTime();
    times.taken(taken);
    times.decided(taken + Duration.ofMillis(12).plusNanos(349_999).toNanos());
    assertThat(times.serverTiming())
        .matches("queue;dur=[0-9]+\\.[0-9], db;dur=12\\.3, total;dur=[0-9]+\\.[0-9]");
  }

  @Test
  void aRequestThatWasWithdrawnHasOnlyWaited() {
    times.queued();
    assertThat(times.serverTiming()).matches("queue;dur=[0-9.]+, total;dur=[0-9.]+");
  }

  @Test
  void theWaitEndsWithTheFirstTurnAndTheDatabaseWithTheLastAnswer() {
    times.queued();
    times.taken(System.nanoTime());
    var stages = new ArrayList<String>();
    times.decided(System.nanoTime());
    times.taken(Long.MAX_VALUE);
    times.decided(System.nanoTime() + Duration.ofSeconds(7).toNanos());
    times.forEach((name, from, to, _) -> stages.add(name + (to - from > 7_000_000_000L)));
    assertThat(stages).isEqualTo(List.of("queue waitfalse", "transactiontrue"));
  }
}
