package dev.banking.loadtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import dev.banking.localstack.Backends;
import dev.banking.localstack.RabbitMqCluster;
import dev.banking.localstack.RabbitMqCluster.QueueState;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is a cluster, and the node that leads the queues dies. */
@Tag("scale")
class BrokerClusterIT {

  private static final Duration BEFORE = Duration.ofSeconds(6);
  private static final Duration AWAY = Duration.ofSeconds(8);
  private static final Duration AFTER = Duration.ofSeconds(6);
  private static final Duration ARRIVAL = Duration.ofSeconds(30);
  private static final Duration RETURN = Duration.ofSeconds(60);
  private static final List<String> QUEUES = List.of("notifications", "audit-log");

  @Test
  void nobodyNoticesThatTheLeaderWasKilled(@TempDir Path folder) throws Exception {
    Backends.prepare(System.out::println);
    var log = Path.of("target", "cluster-nodes.log");
    try (var lines = new PrintWriter(Files.newBufferedWriter(log), true);
        var cluster =
            new RabbitMqCluster(folder, (node, line) -> lines.println(node + ": " + line))) {
      cluster.start();
      var settings = Map.of("RABBITMQ_URL", cluster.url());
      try (var bank = Bank.start(Path.of(".."), Path.of("target", "cluster.log"), settings)) {
        killTheLeader(bank, cluster);
      }
    }
  }

  private static void killTheLeader(Bank bank, RabbitMqCluster cluster) throws Exception {
    var run = FaultRun.begin(bank, "RabbitMQ: leader of a cluster killed", BEFORE);
    int before;
    double secondsToFlow;
    double secondsToJoin;
    try {
      before = leaderOfAll(cluster);
      cluster.node(before).kill();
      run.broken();
      secondsToFlow = run.awaitFlow(ARRIVAL);
      run.goOn(AWAY);
      assertThat(cluster.node(before).isRunning()).isFalse();
      var restart = System.nanoTime();
      cluster.node(before).start();
      awaitCopies(cluster);
      secondsToJoin = (System.nanoTime() - restart) / 1e9;
      run.restored();
      run.goOn(AFTER);
    } finally {
      FaultRun.endTraffic();
    }

    var outcome = run.finish();
    var after = QUEUES.stream().map(it -> state(cluster, it).leader()).toList();
    System.out.printf(
        "cluster: node %d led both queues, later nodes %s; %d requests, %d acknowledged, %d errors;"
            + " events flow %.1f s after the kill; all three copies %.1f s after the restart;"
            + " tables complete %.1f s after the last request%n",
        before,
        after,
        outcome.figures().requests(),
        outcome.figures().acknowledged(),
        outcome.figures().errors(),
        secondsToFlow,
        secondsToJoin,
        outcome.secondsUntilQuiet() - AFTER.toSeconds());
    outcome.assertNothingLostNothingTwice().assertNoErrors();
    assertThat(after).as("leaders").doesNotContain(0);
  }

  /**
   * Each of them has three copies, and one node leads both: the one that all were connected to when
   * they were declared.
   */
  private static int leaderOfAll(RabbitMqCluster cluster) {
    for (var queue : QUEUES) {
      assertThat(state(cluster, queue).type()).as(queue).isEqualTo("quorum");
      assertThat(state(cluster, queue).members()).as(queue).isEqualTo(RabbitMqCluster.SIZE);
    }
    var leaders = QUEUES.stream().map(it -> state(cluster, it).leader()).distinct().toList();
    assertThat(leaders).hasSize(1).doesNotContain(0);
    return leaders.getFirst();
  }

  private static void awaitCopies(RabbitMqCluster cluster) {
    await("each node has its copies again")
        .atMost(RETURN)
        .until(() ->
            QUEUES.stream().allMatch(it -> state(cluster, it).online() == RabbitMqCluster.SIZE));
  }

  private static QueueState state(RabbitMqCluster cluster, String queue) {
    return cluster.queue(queue).orElseThrow();
  }
}
