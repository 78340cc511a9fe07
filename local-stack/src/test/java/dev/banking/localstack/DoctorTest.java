package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make doctor} in a folder that looks like the project. */
class DoctorTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> PORTS =
      List.of(
          "PORT",
          "NOTIFICATION_PORT",
          "AUDIT_PORT",
          "MANAGEMENT_SERVER_PORT",
          "NOTIFICATION_MANAGEMENT_PORT",
          "AUDIT_MANAGEMENT_PORT",
          "POSTGRES_PORT",
          "REDIS_PORT",
          "RABBITMQ_PORT",
          "RABBITMQ_MANAGEMENT_PORT");

  private @TempDir Path project;
  private final Map<String, String> environment = new HashMap<>();

  /** What was said, and the exit code. */
  private record Report(String text, int exitCode) {}

  @BeforeEach
  void makeProject() throws IOException {
    Files.createSymbolicLink(project.resolve("scripts"), PROJECT.resolve("scripts"));
    Files.copy(PROJECT.resolve(".env.example"), project.resolve(".env.example"));
    Files.copy(PROJECT.resolve(".env.example"), project.resolve(".env"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    PORTS.forEach(name -> environment.put(name, Integer.toString(Ports.free())));
  }

  private Report examine() throws IOException, InterruptedException {
    var builder = new ProcessBuilder(project.resolve("scripts/doctor").toString());
    builder.redirectErrorStream(true).environment().putAll(environment);
    var process = builder.start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Report(text, process.waitFor());
  }

  private void addToEnv(String line) throws IOException {
    var file = project.resolve(".env");
    Files.writeString(file, Files.readString(file) + line + "\n");
  }

  @Test
  void findsNothingWrongWithTheExample() throws Exception {
    var report = examine();
    assertThat(report.text())
        .contains("ok    JDK", "ok    settings", "ok    ports", "Nothing is wrong")
        .doesNotContain("FAIL");
    assertThat(report.exitCode()).isZero();
  }

  @Test
  void namesEachWrongValueAndWhatItMustBe() throws Exception {
    for (var line : List.of("DEMO_USER=maybe", "AUTH_MODE=oauth", "IDEMPOTENCY_RETENTION=a week")) {
      addToEnv(line);
    }
    addToEnv("RABBITMQ_API_PASSWORD=p@ss");
    var report = examine();
    assertThat(report.text())
        .contains("DEMO_USER must be true or false", "AUTH_MODE must be none or jwt")
        .contains("FAIL  settings       IDEMPOTENCY_RETENTION=a week")
        .contains("RABBITMQ_API_PASSWORD must be letters and digits only", "4 wrong")
        .doesNotContain("p@ss");
    assertThat(report.exitCode()).isEqualTo(1);
  }

  @Test
  void warnsOfNamesThatNothingReadsAndOfMissingOnes() throws Exception {
    var lines = Files.readAllLines(project.resolve(".env")).stream();
    var without = lines.filter(line -> !line.startsWith("DB_AUDIT_PASSWORD=")).toList();
    Files.write(project.resolve(".env"), without);
    addToEnv("AUTHMODE=jwt");
    addToEnv("PORT=1");
    var report = examine();
    assertThat(report.text())
        .contains(".env lacks: DB_AUDIT_PASSWORD")
        .contains(".env has names that nothing reads: AUTHMODE")
        .contains(".env has more than one line for: PORT");
    assertThat(report.exitCode()).isZero();
  }

  @Test
  void tellsAPortThatIsTakenAndOneThatIsNone() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("PORT", Integer.toString(taken.getLocalPort()));
      environment.put("AUDIT_PORT", "70000");
      environment.put("REDIS_PORT", environment.getOrDefault("POSTGRES_PORT", ""));
      var report = examine();
      assertThat(report.text())
          .contains("in use: PORT=" + taken.getLocalPort())
          .contains("AUDIT_PORT=70000 is no port")
          .contains("REDIS_PORT=" + environment.get("POSTGRES_PORT") + " is another's port too");
      assertThat(report.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void asksTheBackendsOfARun() throws Exception {
    Files.createDirectory(project.resolve(".local"));
    try (var postgres = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          project.resolve(".local/stack.env"),
          """
          DB_HOST=127.0.0.1
          DB_PORT=%d
          REDIS_HOST=127.0.0.1
          REDIS_PORT=1
          RABBITMQ_URL=amqp://user:password@127.0.0.1:2
          MANAGEMENT_URL=http://localhost:3
          """
              .formatted(postgres.getLocalPort()));
      var report = examine();
      assertThat(report.text())
          .contains("ok    PostgreSQL     answers at 127.0.0.1:" + postgres.getLocalPort())
          .contains("FAIL  Redis          nothing answers at 127.0.0.1:1")
          .contains(
              "FAIL  broker         nothing answers at 127.0.0.1:2", "make stop, then make run");
      assertThat(report.exitCode()).isEqualTo(1);
    }
  }
}
