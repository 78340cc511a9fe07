package dev.banking.loadtests.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may talk to whom: nobody to anybody, and then what is needed. */
class NetworkTest {

  @Test
  void allIsDeniedToAllPodsOfARelease() {
    var deny = policy("network");
    assertThat(Manifest.map(deny.at("spec")))
        .containsOnlyKeys("podSelector", "policyTypes")
        .containsEntry("policyTypes", List.of("Ingress", "Egress"));
    var selected = Manifest.map(deny.at("spec", "podSelector", "matchLabels"));
    assertThat(Manifest.all())
        .filteredOn(Manifest::hasPods)
        .allSatisfy(workload -> {
          var labels = Manifest.map(workload.at("spec", "template", "metadata", "labels"));
          assertThat(labels).containsAllEntriesOf(selected);
          assertThat(labels)
              .containsAllEntriesOf(
                  Manifest.map(
                      policy(workload.component()).at("spec", "podSelector", "matchLabels")));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "api-service,         53 443 5432 5672 6379, 3000 9000",
    "notification-worker, 53 5432 5672,          9001",
    "audit-worker,        53 443 5432 5672,      9002",
    "migration,           53 5432,               ''",
  })
  void eachReachesWhatItNeedsAndIsReachedByWhoIsNamed(String who, String out, String in) {
    var spec = Manifest.map(policy(who).at("spec"));
    assertThat(ports(spec, "egress")).isEqualTo(set(out));
    assertThat(ports(spec, "ingress")).isEqualTo(set(in));
    assertThat(Manifest.maps(spec.get("ingress")))
        .allSatisfy(rule -> assertThat(Manifest.maps(rule.get("from"))).isNotEmpty());
  }

  private static Manifest policy(String component) {
    return Manifest.all().stream()
        .filter(object -> object.kind().equals("NetworkPolicy"))
        .filter(object -> object.component().equals(component))
        .findFirst()
        .orElseThrow();
  }

  private static Set<Integer> ports(Map<String, Object> spec, String direction) {
    var ports = new TreeSet<Integer>();
    Manifest.maps(spec.get(direction))
        .flatMap(rule -> Manifest.maps(rule.get("ports")))
        .forEach(port -> ports.add((Integer) port.get("port")));
    return ports;
  }

  private static Set<Integer> set(String numbers) {
    var set = new TreeSet<Integer>();
    for (var number : numbers.isEmpty() ? new String[0] : numbers.split(" ", -1)) {
      set.add(Integer.parseInt(number));
    }
    return set;
  }
}
