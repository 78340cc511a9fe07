package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.report.Median;
import dev.banking.localstack.LocalProcess;
import dev.banking.localstack.Ports;
import dev.banking.localstack.balancer.Balancer;
import dev.banking.localstack.balancer.Routing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three real instances behind two real balancers: one hashes the user, as {@code make run SCALE=3}
 * does, and the other goes round. Nothing but the balancer decides who gets which request.
 */
@Tag("scale")
@TestInstance(Lifecycle.PER_CLASS)
class RoutingIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final int INSTANCES = 3;
  private static final int ROUNDS = 3;

  /** An instance that did not answer its health for a moment, and had its users elsewhere. */
  private static final int NEARLY_NONE = 5;

  private WholeSystem system;
  private Instances instances;
  private LocalProcess balancer;
  private RunningSystem byUser;
  private RunningSystem inTurn;

  @BeforeAll
  void start(@TempDir Path folder, @TempDir Path elsewhere)
      throws IOException, InterruptedException {
    system = WholeSystem.start(PROJECT, folder, Instances.settings(INSTANCES));
    instances = new Instances(system, INSTANCES);
    byUser = system.addressesOfIt();
    Files.createSymbolicLink(elsewhere.resolve("deploy"), PROJECT.resolve("deploy"));
    var port = Ports.free();
    balancer =
        new Balancer(elsewhere, port, instances.all(), Routing.IN_TURN)
            .start((name, line) -> System.out.println(name + ": " + line));
    inTurn = at(port);
    Awaitility.await().ignoreExceptions().until(() -> new Api(inTurn).isUp());
  }

  /** The same system by another way. */
  private RunningSystem at(int port) throws IOException {
    var addresses = new HashMap<>(system.addresses());
    addresses.put("BASE_URL", "http://localhost:" + port);
    return RunningSystem.named(addresses);
  }

  @AfterAll
  void stop() {
    if (balancer != null) {
      balancer.stop();
    }
    if (system != null) {
      system.close();
    }
  }

  /** What one headline took. */
  private record Run(double perSecond, double conflicts) {

    @Override
    public String toString() {
      return "%,.0f a second, %,.0f conflicts".formatted(perSecond, conflicts);
    }
  }

  @Test
  void theHeadlineIsExactHoweverItIsSpreadAndOnlyTheHashSparesTheConflicts() throws Exception {
    System.out.println("warm: " + headline(byUser) + "; " + headline(inTurn));
    var hashed = new ArrayList<Run>();
    var spread = new ArrayList<Run>();
    for (var round = 1; round <= ROUNDS; round++) {
      hashed.add(headline(byUser));
      spread.add(headline(inTurn));
      System.out.printf(
          "round %d: by user %s; in turn %s%n", round, hashed.getLast(), spread.getLast());
    }
    System.out.printf(
        "headline through three instances, by user / in turn: %.2f%n",
        median(hashed) / median(spread));
    assertThat(hashed).allMatch(run -> run.conflicts() <= NEARLY_NONE);
    assertThat(spread).allMatch(run -> run.conflicts() > NEARLY_NONE);
  }

  /** Refills the user, drains it by 10,000 requests, and waits until the books can be compared. */
  private Run headline(RunningSystem way) throws Exception {
    var before = instances.conflicts();
    var clients = new JavaClients(way, Headline.ofUser(1));
    var answers = clients.fire();
    var conflicts = instances.conflicts() - before;

    var verdict = new BooksCheck(way, _ -> {}).check(answers);
    assertThat(verdict.isGood()).withFailMessage(verdict::toString).isTrue();
    assertThat(answers)
        .isEqualTo(new Answers(answers.headline(), answers.sequenceBefore(), 5_000, 5_000, 0));
    return new Run(clients.perSecond(), conflicts);
  }

  private static double median(List<Run> runs) {
    return Median.of(runs.stream().mapToDouble(Run::perSecond).toArray());
  }
}
