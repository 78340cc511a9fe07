package dev.banking.api.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TicketTest {

  @Test
  void isTakenOrWithdrawnAndNeverBoth() {
    var taken = new Ticket<String, String>("command", 0);
    assertThat(taken.take()).isTrue();
    assertThat(taken.withdraw("too late")).isFalse();
    assertThat(taken.take()).isFalse();
    assertThat(taken.outcome()).isNotDone();

    var withdrawn = new Ticket<String, String>("command", 0);
    assertThat(withdrawn.withdraw("too late")).isTrue();
    assertThat(withdrawn.take()).isFalse();
    assertThat(withdrawn.outcome()).isCompletedWithValue("too late");
  }

  @Test
  @Tag("lincheck")
  void decidesTheRaceBetweenExecutionAndWithdrawal() {
    new ModelCheckingOptions()
        .iterations(20)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(2)
        .check(Race.class);
  }

  /** What Lincheck runs. */
  public static class Race {

    private final Ticket<String, String> ticket = new Ticket<>("command", 0);

    @Operation
    public boolean take() {
      return ticket.take();
    }

    @Operation
    public boolean withdraw() {
      return ticket.withdraw("too late");
    }
  }
}
