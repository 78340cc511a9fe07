package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.HistoryChecker;
import dev.banking.loadtests.history.Operation;
import dev.banking.localstack.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real instances of the API behind the real balancer, as {@code make run SCALE=2} runs them.
 */
@Tag("scale")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ScaledIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final int USERS = 40;
  private static final int ENOUGH = 3_000;

  private WholeSystem system;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    system =
        WholeSystem.start(
            PROJECT,
            folder,
            Map.of(
                "SCALE", "2",
                "INSTANCE_PORT", twoInARow(),
                "INSTANCE_MANAGEMENT_PORT", twoInARow()));
  }

  private static String twoInARow() {
    while (true) {
      var first = Ports.free();
      if (Ports.isFree(first + 1)) {
        return Integer.toString(first);
      }
    }
  }

  @AfterAll
  void stop() {
    if (system != null) {
      system.close();
    }
  }

  @Test
  @Order(1)
  void theHeadlineIsExactAndOneInstanceDecidesIt() throws Exception {
    var answers = new JavaClients(system.addressesOfIt(), Headline.ofUser(1)).fire();

    var verdict = new BooksCheck(system.addressesOfIt(), System.out::println).check(answers);
    assertThat(verdict.isGood()).withFailMessage(verdict::toString).isTrue();
    assertThat(answers)
        .isEqualTo(new Answers(answers.headline(), answers.sequenceBefore(), 5_000, 5_000, 0));
    assertThat(conflicts()).isZero();
  }

  @Test
  @Order(2)
  void anInstanceKilledUnderLoadLosesAndRepeatsNothing() throws Exception {
    underLoad("killed", ProcessHandle::destroyForcibly);
  }

  @Test
  @Order(3)
  void anInstanceToldToStopUnderLoadLeavesNothingOpen() throws Exception {
    assertThat(underLoad("told to stop", ProcessHandle::destroy)).doesNotContainKey("Unknown");
  }

  /** What clients were told while an instance ended and came back; the history must be sound. */
  private Map<String, Long> underLoad(String what, Consumer<ProcessHandle> end) throws Exception {
    var traffic = new ScaledTraffic(system.addressesOfIt());
    traffic.begin(USERS);
    await(traffic, ENOUGH);
    var instance = secondInstance();
    end.accept(instance);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !instance.isAlive());
    await(traffic, traffic.soFar().size() + ENOUGH);
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> isReady("MANAGEMENT_URL_2"));
    await(traffic, traffic.soFar().size() + ENOUGH);

    var operations = traffic.end();
    var answers = answers(operations);
    System.out.println(what + " under load: " + answers + ", conflicts " + conflicts());
    assertThat(new HistoryChecker(Duration.ZERO).check(operations, traffic.ledger())).isEmpty();
    assertThat(answers).containsKey("Applied");
    return answers;
  }

  private static void await(ScaledTraffic traffic, int operations) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> traffic.soFar().size() >= operations);
  }

  private static Map<String, Long> answers(List<Operation> operations) {
    return operations.stream()
        .map(Operation::answer)
        .map(answer -> answer instanceof Answer.NotApplied(var why) ? why : name(answer))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  private static String name(Answer answer) {
    return answer.getClass().getSimpleName();
  }

  private ProcessHandle secondInstance() {
    return system
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("api-service"))
        .sorted()
        .skip(1)
        .findFirst()
        .orElseThrow();
  }

  private boolean isReady(String management) throws IOException, InterruptedException {
    try {
      return get(management, "/actuator/health/readiness").contains("\"UP\"");
    } catch (ConnectException _) {
      return false;
    }
  }

  /** How often two instances met at one account. */
  private double conflicts() throws IOException, InterruptedException {
    var sum = 0.0;
    for (var management : List.of("MANAGEMENT_URL_1", "MANAGEMENT_URL_2")) {
      sum +=
          get(management, "/actuator/prometheus")
              .lines()
              .filter(line -> line.startsWith("banking_booking_conflicts_total"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .sum();
    }
    return sum;
  }

  private String get(String management, String path) throws IOException, InterruptedException {
    var address = URI.create(system.addresses().get(management) + path);
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }
}
