package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What each container may do, and must not. */
class ComposeTest {

  private static final Path PROJECT = Path.of("..");

  /** A service of the compose file, with what it takes over from others. */
  record Service(String name, Map<?, ?> settings) {

    List<?> list(String key) {
      return settings.get(key) instanceof List<?> list ? list : List.of();
    }

    boolean isOurs() {
      return settings.containsKey("build");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Service> services() throws IOException {
    Map<?, ?> file = new Yaml().load(Files.readString(PROJECT.resolve("docker-compose.yml")));
    var services = (Map<?, ?>) Objects.requireNonNull(file.get("services"));
    return services.entrySet().stream()
        .map(entry -> new Service(entry.getKey().toString(), (Map<?, ?>) entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("services")
  void canDoLittle(Service service) {
    assertThat(service.settings().get("read_only")).as("read-only root").isEqualTo(true);
    assertThat(service.list("cap_drop").toString()).isEqualTo("[ALL]");
    assertThat(service.list("cap_add")).isEmpty();
    assertThat(service.list("security_opt").toString()).contains("no-new-privileges:true");
    assertThat(service.settings().get("privileged")).isNull();
    assertThat(service.settings().get("network_mode")).isNull();
    assertThat(service.list("volumes").toString()).doesNotContain("docker.sock");
  }

  @ParameterizedTest
  @MethodSource("services")
  void hasALimitForMemoryAndProcesses(Service service) {
    assertThat(service.settings().get("mem_limit")).isNotNull();
    assertThat(service.settings().get("pids_limit")).isInstanceOf(Integer.class);
  }

  @ParameterizedTest
  @MethodSource("services")
  void isNotRoot(Service service) throws IOException {
    if (service.isOurs()) {
      assertThat(Files.readString(PROJECT.resolve("Dockerfile"))).containsPattern("\nUSER [1-9]");
    } else {
      assertThat(service.settings().get("user")).isNotNull().asString().isNotIn("root", "0");
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void saysWhetherItIsHealthy(Service service) throws IOException {
    if (service.isOurs()) {
      assertThat(Files.readString(PROJECT.resolve("Dockerfile"))).contains("\nHEALTHCHECK ");
    } else {
      assertThat(service.settings().get("healthcheck")).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void isPublishedOnLoopbackOnly(Service service) {
    assertThat(service.list("ports"))
        .allSatisfy(port -> {
          assertThat(port.toString()).startsWith("127.0.0.1:");
        });
  }
}
