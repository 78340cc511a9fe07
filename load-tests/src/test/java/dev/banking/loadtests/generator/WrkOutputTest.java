package dev.banking.loadtests.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banking.loadtests.LoadTestException;
import org.junit.jupiter.api.Test;

class WrkOutputTest {

  private static final String OUTPUT =
      """
      Running 3s test @ http://127.0.0.1:41000
        2 threads and 200 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency    12.41ms   12.06ms 139.48ms   87.22%
          Req/Sec     9.85k     1.01k   11.88k    66.67%
        58873 requests in 3.01s, 12.97MB read
        Non-2xx or 3xx responses: 58873
      Requests/sec:  19548.91
      Transfer/sec:      4.31MB
      BENCH requests=58873 micros=3011580 status=58873 connect=1 read=2 write=3 timeout=4 p50=9120 p99=55110 p999=90250 max=139480
      """;

  @Test
  void readsEveryFigureInItsUnit() {
    var load = WrkOutput.parse(OUTPUT);

    assertThat(load)
        .isEqualTo(
            new Load(58_873, 58_873, 10, 3.01158, new Load.Latency(9.12, 55.11, 90.25, 139.48)));
    assertThat(load.perSecond()).isEqualTo(58_873 / 3.01158);
  }

  @Test
  void aMissingFigureIsAnError() {
    assertThatThrownBy(() -> WrkOutput.parse("BENCH requests=1 micros=1"))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("status");
  }

  @Test
  void aRunWithoutFiguresShowsWhatWrkSaid() {
    assertThatThrownBy(() -> WrkOutput.parse("unable to connect to 127.0.0.1:1"))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("unable to connect");
  }
}
