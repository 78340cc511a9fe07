package dev.banking.loadtests.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.banking.loadtests.LoadTestException;
import org.junit.jupiter.api.Test;

class PgBenchOutputTest {

  private static final String OUTPUT =
      """
      pgbench (15.20 (Debian 15.20-0+deb12u1), server 18.6)
      transaction type: statements.sql
      scaling factor: 1
      query mode: prepared
      number of clients: 64
      number of threads: 2
      maximum number of tries: 1
      duration: 2 s
      number of transactions actually processed: 4346
      number of failed transactions: 12 (0.275%)
      latency average = 29.354 ms
      initial connection time = 101.411 ms
      tps = 2180.273452 (without initial connection time)
      """;

  @Test
  void readsRateCountAndFailures() {
    var load = PgBenchOutput.parse(OUTPUT, new Histogram());

    assertThat(load.done()).isEqualTo(4_346);
    assertThat(load.failed()).isEqualTo(12);
    assertThat(load.perSecond()).isCloseTo(2_180.27, within(0.01));
    assertThat(load.latency().p50()).isNaN();
  }

  @Test
  void theLatencyIsTheThirdWordOfALogLine() {
    assertThat(PgBenchOutput.latencyMicros("0 199 2241 0 1175850568 995598")).isEqualTo(2_241);
  }

  @Test
  void anErrorIsShown() {
    assertThatThrownBy(() -> PgBenchOutput.parse("FATAL: too many clients", new Histogram()))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("too many clients");
  }
}
