package dev.banking.loadtests.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

  @Test
  void findsMetricsAndTheirLabels() {
    assertThat(PromQl.metrics("up{job=~\"a|b\", instance!=\"x{y}\"} == 0"))
        .isEqualTo(Map.of("up", Set.of("job", "instance")));
    assertThat(
            PromQl.metrics(
                """
                sum by (le, method) (rate(a_bucket{uri!="/u/{id}"}[$__rate_interval]))
                  / on (instance) group_left (job) (b_total or vector(0)) > 3 * 3600
                """))
        .isEqualTo(Map.of("a_bucket", Set.of("uri"), "b_total", Set.of()));
    assertThat(PromQl.metrics("time() - max((x_seconds > 0) or y) > 1e3 and z offset 5m"))
        .containsOnlyKeys("x_seconds", "y", "z");
  }

  @Test
  void takesNoNameForAnother() {
    assertThat(PromQl.metrics("increase(rate_total[5m]) unless sum(count)"))
        .containsOnlyKeys("rate_total", "count");
    assertThat(PromQl.metrics("label_replace(a:b, \"to\", \"$1\", \"from\", \"(.*)\")"))
        .containsOnlyKeys("a:b");
  }
}
