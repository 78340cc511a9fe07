package dev.banking.loadtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.history.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RabbitMQ is away, or carries what nobody can read. */
@WithBank
class BrokerFaultsIT {

  private static final Duration BEFORE = Duration.ofSeconds(6);
  private static final Duration AFTER = Duration.ofSeconds(4);
  private static final Duration ARRIVAL = Duration.ofSeconds(30);
  private static final List<String> QUEUES = List.of("notifications", "audit-log");

  /** An event, to be spoilt. */
  private static final String EVENT =
      """
      {"specversion":"1.0","id":"0198c0de-0000-7000-8000-000000000001",
       "source":"banking/api-service","type":"balance.updated","subject":"users/1",
       "time":"2026-01-01T00:00:00Z","dataversion":1,
       "data":{"userId":1,"sequence":7,"operationId":"0198c0de-0000-7000-8000-000000000001",
       "amount":1.00,"previousBalance":1.00,"newBalance":2.00,"actor":"a","requestId":"r"}}
      """;

  private static final List<String> POISON =
      List.of(
          "",
          "not JSON",
          "[1, 2, 3]",
          EVENT.substring(0, EVENT.length() / 2),
          EVENT + EVENT,
          EVENT.replace("\"1.0\"", "\"2.0\""),
          EVENT.replace("balance.updated", "balance.guessed"),
          EVENT.replace("\"amount\":1.00", "\"amount\":\"1.00\""),
          EVENT.replace("\"userId\":1,", "\"userId\":-1,"),
          EVENT.replace("\"actor\":\"a\"", "\"actor\":\"" + "a".repeat(70_000) + "\""));

  @Test
  void stoppedForThirtySeconds(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "RabbitMQ: stopped for 30 s", BEFORE);
    run.broken();
    bank.backends().rabbitMq().stop();
    run.goOn(Duration.ofSeconds(30));
    bank.backends().rabbitMq().start();
    run.restored();
    run.goOn(AFTER);

    run.finish()
        .assertNothingLostNothingTwice()
        .assertNoErrors()
        .assertEventsArriveWithin(ARRIVAL)
        .assertSlowdown(Operation.Kind.CHANGE, 2);
  }

  @Test
  void killedAndRestarted(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "RabbitMQ: killed and restarted", BEFORE);
    run.broken();
    bank.backends().rabbitMq().kill();
    bank.backends().rabbitMq().start();
    run.restored();
    run.goOn(AFTER);

    run.finish().assertNothingLostNothingTwice().assertNoErrors().assertEventsArriveWithin(ARRIVAL);
  }

  @Test
  void bothWorkersAreKilledAndRestarted(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "workers: both killed and restarted", BEFORE);
    run.broken();
    bank.notification().kill();
    bank.audit().kill();
    run.goOn(Duration.ofSeconds(3));
    bank.notification().launch();
    bank.audit().launch();
    bank.notification().awaitReady();
    bank.audit().awaitReady();
    run.restored();
    run.goOn(AFTER);

    run.finish().assertNothingLostNothingTwice().assertNoErrors().assertEventsArriveWithin(ARRIVAL);
  }

  /** Each is parked, once, and the events around it arrive. */
  @Test
  void poisonOfTenKinds(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "poison: ten kinds into both queues", BEFORE);
    run.broken();
    for (var body : POISON) {
      for (var queue : QUEUES) {
        Broker.publish(bank, queue, List.of(body.getBytes(StandardCharsets.UTF_8)));
      }
    }
    run.restored();
    for (var queue : QUEUES) {
      await(queue + ": all poison is parked")
          .atMost(ARRIVAL)
          .untilAsserted(
              () -> assertThat(Broker.count(bank, queue + ".parked")).isEqualTo(POISON.size()));
    }
    run.goOn(AFTER);
    for (var queue : QUEUES) {
      assertThat(Broker.count(bank, queue + ".parked")).isEqualTo(POISON.size());
      Broker.purge(bank, queue + ".parked");
    }

    run.finish().assertNothingLostNothingTwice().assertNoErrors().assertEventsArriveWithin(ARRIVAL);
  }
}
