package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.HistoryChecker;
import dev.banking.loadtests.history.Operation;
import java.io.IOException;
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
  private Instances instances;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    system = WholeSystem.start(PROJECT, folder, Instances.settings(2));
    instances = new Instances(system, 2);
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
    assertThat(instances.conflicts()).isZero();
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
    var instance = instances.process(2);
    end.accept(instance);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !instance.isAlive());
    await(traffic, traffic.soFar().size() + ENOUGH);
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> instances.isReady(2));
    await(traffic, traffic.soFar().size() + ENOUGH);

    var operations = traffic.end();
    var answers = answers(operations);
    System.out.println(what + " under load: " + answers + ", conflicts " + instances.conflicts());
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
}
