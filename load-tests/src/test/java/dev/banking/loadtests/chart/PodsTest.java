package dev.banking.loadtests.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What runs, as whom, and what it is told: as in compose, and nothing that nobody knows. */
class PodsTest {

  private static final Pattern SETTING = Pattern.compile("(?m)^#? ?([A-Z][A-Z0-9_]+)=");
  private static final Pattern SECRET = Pattern.compile("PASSWORD|SECRET|RABBITMQ");

  static Stream<Manifest> workloads() {
    return Manifest.all().stream().filter(Manifest::hasPods);
  }

  static Stream<Manifest> deployments() {
    return workloads().filter(workload -> workload.kind().equals("Deployment"));
  }

  @Test
  void areThreeApplicationsAndTheMigration() {
    assertThat(workloads().map(Manifest::toString))
        .containsExactlyInAnyOrder(
            "Deployment banking-api-service",
            "Deployment banking-notification-worker",
            "Deployment banking-audit-worker",
            "Job banking-migration");
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void canDoLittle(Manifest workload) throws IOException {
    var user = Pattern.compile("(?m)^USER (\\d+):(\\d+)$").matcher(read("Dockerfile"));
    assertThat(user.find()).isTrue();
    var pod = workload.pod();
    assertThat(pod).containsEntry("automountServiceAccountToken", false);
    assertThat(pod).doesNotContainKeys("hostNetwork", "hostPID", "hostIPC");
    assertThat(Manifest.map(pod.get("securityContext")))
        .containsEntry("runAsNonRoot", true)
        .containsEntry("runAsUser", Integer.parseInt(user.group(1)))
        .containsEntry("runAsGroup", Integer.parseInt(user.group(2)))
        .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
    assertThat(workload.containers())
        .isNotEmpty()
        .allSatisfy(container -> {
          assertThat(Manifest.map(container.get("securityContext")))
              .containsEntry("allowPrivilegeEscalation", false)
              .containsEntry("readOnlyRootFilesystem", true)
              .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
          var resources = Manifest.map(container.get("resources"));
          assertThat(Manifest.map(resources.get("requests"))).containsKeys("cpu", "memory");
          assertThat(Manifest.map(resources.get("limits"))).containsKey("memory");
        });
    assertThat(Manifest.maps(pod.get("volumes")))
        .noneSatisfy(volume -> assertThat(volume).containsKey("hostPath"));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void haveAnAccountOfTheirOwnWithoutAToken(Manifest workload) {
    assertThat(Manifest.all())
        .filteredOn(object -> object.kind().equals("ServiceAccount"))
        .filteredOn(object -> object.name().equals(workload.pod().get("serviceAccountName")))
        .singleElement()
        .satisfies(account -> {
          assertThat(account.content()).containsEntry("automountServiceAccountToken", false);
          assertThat(account.component()).isEqualTo(workload.component());
        });
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void areToldOnlyWhatAnApplicationKnowsAndOnce(Manifest workload) throws IOException {
    for (var container : workload.containers().toList()) {
      assertThat(names(container))
          .doesNotHaveDuplicates()
          .isSubsetOf(known(Manifest.text(container, "name")));
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void readWhatIsSecretFromSecrets(Manifest workload) {
    assertThat(workload.containers().flatMap(container -> Manifest.maps(container.get("env"))))
        .filteredOn(variable -> SECRET.matcher(Manifest.text(variable, "name")).find())
        .isNotEmpty()
        .allSatisfy(variable -> assertThat(variable).containsOnlyKeys("name", "valueFrom"));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void leaveTheOwnerOfTheTablesToTheMigration(Manifest deployment) {
    assertThat(deployment.containers())
        .allSatisfy(container -> {
          assertThat(names(container))
              .contains("DB_MIGRATE")
              .doesNotContain("DB_MIGRATION_USER", "DB_MIGRATION_PASSWORD");
          assertThat(container).doesNotContainKey("args");
        });
  }

  @Test
  void theMigrationRunsEachApplicationAndKnowsNothingElse() {
    var job = workloads().filter(workload -> workload.kind().equals("Job")).findFirst();
    assertThat(Manifest.map(job.orElseThrow().at("metadata", "annotations")))
        .containsEntry("hook", "pre-install,pre-upgrade");
    assertThat(job.orElseThrow().containers())
        .hasSize(3)
        .allSatisfy(container -> {
          assertThat(container).containsEntry("args", List.of("migrate"));
          assertThat(names(container))
              .contains("DB_MIGRATION_USER", "DB_MIGRATION_PASSWORD")
              .doesNotContain("DB_PASSWORD", "RABBITMQ_URL", "REDIS_PASSWORD");
        });
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void areTheImagesAndPortsOfCompose(Manifest deployment) throws IOException {
    var service = Manifest.map(compose().get(deployment.component()));
    assertThat(Manifest.map(Manifest.map(service.get("build")).get("args")))
        .containsEntry("MODULE", deployment.component());
    var environment = Manifest.map(service.get("environment"));
    assertThat(deployment.containers())
        .singleElement()
        .satisfies(container -> {
          assertThat(Manifest.text(container, "image"))
              .matches("[a-z0-9./-]+/" + deployment.component() + ":[0-9.]+");
          assertThat(Manifest.maps(container.get("ports")).map(port -> port.get("containerPort")))
              .map(Object::toString)
              .containsExactly(
                  Manifest.text(environment, "PORT"),
                  Manifest.text(environment, "MANAGEMENT_SERVER_PORT"));
        });
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void areAskedOnTheManagementPort(Manifest deployment) {
    assertThat(deployment.containers())
        .allSatisfy(container -> {
          for (var probe :
              Map.of(
                      "startupProbe", "liveness",
                      "livenessProbe", "liveness",
                      "readinessProbe", "readiness")
                  .entrySet()) {
            assertThat(Manifest.map(container.get(probe.getKey())).get("httpGet"))
                .isEqualTo(
                    Map.of("path", "/actuator/health/" + probe.getValue(), "port", "management"));
          }
        });
  }

  @Test
  void everyKeyOfASecretIsExplained() throws IOException {
    var keys = new TreeSet<String>();
    for (var object : Manifest.all()) {
      collect(object.content(), keys);
    }
    assertThat(keys).contains("DB_PASSWORD", "signing-key.pem", "RABBITMQ_SCALER_URL");
    var explained = read("deploy/helm/banking/README.md");
    assertThat(keys).allSatisfy(key -> assertThat(explained).contains("| `" + key + "` |"));
  }

  /** The keys of Secrets anywhere in an object. */
  private static void collect(Object here, Set<String> keys) {
    if (here instanceof List<?> list) {
      list.forEach(item -> collect(item, keys));
    } else if (here instanceof Map<?, ?> map) {
      for (var entry : map.entrySet()) {
        switch (entry.getKey().toString()) {
          case "secretKeyRef" -> keys.add(key(entry.getValue()));
          case "secretTargetRef" ->
              Manifest.maps(entry.getValue()).map(PodsTest::key).forEach(keys::add);
          case "secret" ->
              Manifest.maps(Manifest.map(entry.getValue()).get("items"))
                  .map(PodsTest::key)
                  .forEach(keys::add);
          default -> collect(entry.getValue(), keys);
        }
      }
    }
  }

  private static String key(Object reference) {
    return Manifest.text(Manifest.map(reference), "key");
  }

  private static List<String> names(Map<String, Object> container) {
    return Manifest.maps(container.get("env"))
        .map(variable -> Manifest.text(variable, "name"))
        .toList();
  }

  /** What .env.example explains, and what compose tells the application. */
  private static Set<String> known(String application) throws IOException {
    var known = new HashSet<String>();
    SETTING
        .matcher(read(".env.example"))
        .results()
        .map(found -> found.group(1))
        .forEach(known::add);
    var environment = Manifest.map(Manifest.map(compose().get(application)).get("environment"));
    known.addAll(environment.keySet());
    return known;
  }

  private static Map<String, Object> compose() throws IOException {
    Map<String, Object> file = new Yaml().load(read("docker-compose.yml"));
    return Manifest.map(file.get("services"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(Chart.PROJECT.resolve(file));
  }
}
