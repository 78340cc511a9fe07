package dev.banking.loadtests.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The chart as a whole, and what surrounds the pods. */
class ChartTest {

  private static final Path MANAGED = Chart.FOLDER.resolve("values-managed.yaml");

  @TempDir Path folder;

  @Test
  void helmHasNothingToSayAgainstIt() throws Exception {
    var answer = Chart.lint();
    assertThat(answer.exitCode()).withFailMessage(answer.output()).isZero();
    assertThat(answer.output()).contains("[INFO]").doesNotContain("[WARNING]", "[ERROR]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api: {settings: {REDIS_PASSWORD: word}}        | REDIS_PASSWORD",
        "notification: {settings: {RABBITMQ_URL: amqp}} | RABBITMQ_URL",
        "settings: {AUTH_ALLOW_ANONYMOUS: 'true'}       | AUTH_ALLOW_ANONYMOUS",
        "api: {replica: 3}                              | replica",
        "auth: {issuerUri: ''}                          | auth",
        "shutdown: {grace: 5}                           | grace",
      })
  void refusesWhatCannotBeMeant(String values, String named) throws Exception {
    var answer = Chart.template(Files.writeString(folder.resolve("values.yaml"), values));
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.output() + answer.errors()).contains(named);
  }

  @Test
  void alertsAreTheOnesThatPrometheusHas() throws Exception {
    var rules = only("PrometheusRule", "alerts");
    Map<String, Object> file =
        new Yaml().load(Files.readString(Chart.PROJECT.resolve("deploy/prometheus/alerts.yml")));
    assertThat(rules.at("spec")).isEqualTo(file);
  }

  @Test
  void prometheusKnowsTheApplicationsByTheNamesInTheAlerts() throws Exception {
    Map<String, Object> prometheus =
        new Yaml()
            .load(Files.readString(Chart.PROJECT.resolve("deploy/prometheus/prometheus.yml")));
    var jobs = Manifest.maps(prometheus.get("scrape_configs")).map(job -> job.get("job_name"));
    var monitors = ofKind("ServiceMonitor");
    assertThat(monitors.stream().map(Manifest::component))
        .containsExactlyInAnyOrderElementsOf(jobs.map(Object::toString).toList());
    assertThat(monitors)
        .allSatisfy(monitor -> {
          assertThat(monitor.at("spec", "jobLabel")).isEqualTo("app.kubernetes.io/component");
          var service = only("Service", monitor.component());
          assertThat(Manifest.map(service.at("metadata", "labels")))
              .containsAllEntriesOf(Manifest.map(monitor.at("spec", "selector", "matchLabels")));
        });
  }

  @Test
  void oneWriterOfTheAuditBookAndNobodyWhoMakesMore() throws Exception {
    assertThat(only("Deployment", "audit-worker").at("spec", "replicas")).isEqualTo(1);
    var scaled =
        Stream.of("HorizontalPodAutoscaler", "ScaledObject")
            .flatMap(kind -> find(kind).stream())
            .map(scaler -> scaler.at("spec", "scaleTargetRef", "name"));
    assertThat(scaled)
        .containsExactlyInAnyOrder("banking-api-service", "banking-notification-worker");
  }

  @Test
  void theScalerLooksAtTheQueueOfNotifications() throws Exception {
    var trigger =
        Manifest.maps(only("ScaledObject", "notification-worker").at("spec", "triggers"))
            .findFirst()
            .orElseThrow();
    assertThat(Manifest.map(trigger.get("metadata"))).containsEntry("queueName", "notifications");
  }

  @Test
  void eachApplicationMayBeInterruptedOneAtATime() throws Exception {
    assertThat(ofKind("PodDisruptionBudget"))
        .hasSize(3)
        .allSatisfy(budget -> assertThat(budget.at("spec", "maxUnavailable")).isEqualTo(1));
  }

  @Test
  void theIngressKeepsUsersTogetherAndRepeatsNothing() throws Exception {
    var ingress =
        Manifest.with(MANAGED).stream()
            .filter(object -> object.kind().equals("Ingress"))
            .findFirst()
            .orElseThrow();
    assertThat(Manifest.map(ingress.at("metadata", "annotations")))
        .containsEntry("nginx.ingress.kubernetes.io/upstream-hash-by", "$uri")
        .containsEntry("nginx.ingress.kubernetes.io/proxy-next-upstream", "off");
  }

  @Test
  void anInstanceMayFinishBeforeItIsKilled() throws Exception {
    var yml = Chart.PROJECT.resolve("api-service/src/main/resources/application.yml");
    var phase =
        Pattern.compile("timeout-per-shutdown-phase: (\\d+)s").matcher(Files.readString(yml));
    assertThat(phase.find()).isTrue();
    for (var deployment : ofKind("Deployment")) {
      var drain =
          deployment
              .containers()
              .filter(container -> container.containsKey("lifecycle"))
              .map(container -> new Manifest(container).at("lifecycle", "preStop", "sleep"))
              .mapToInt(sleep -> (Integer) Manifest.map(sleep).get("seconds"))
              .sum();
      assertThat((Integer) deployment.pod().get("terminationGracePeriodSeconds"))
          .isGreaterThan(drain + Integer.parseInt(phase.group(1)) + 5);
    }
    assertThat(only("Deployment", "api-service").containers())
        .allSatisfy(container -> assertThat(container).containsKey("lifecycle"));
  }

  private static Manifest only(String kind, String component) {
    var found = find(kind).stream().filter(object -> object.component().equals(component)).toList();
    assertThat(found).as(kind + " " + component).hasSize(1);
    return found.getFirst();
  }

  private static List<Manifest> ofKind(String kind) {
    var found = find(kind);
    assertThat(found).as(kind).isNotEmpty();
    return found;
  }

  private static List<Manifest> find(String kind) {
    return Manifest.all().stream().filter(object -> object.kind().equals(kind)).toList();
  }
}
