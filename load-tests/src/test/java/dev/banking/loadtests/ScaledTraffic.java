package dev.banking.loadtests;

import dev.banking.loadtests.client.Client;
import dev.banking.loadtests.history.LedgerRow;
import dev.banking.loadtests.history.Operation;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Changes for several users at once that are sent once each, and what became of them. */
final class ScaledTraffic {

  private static final int CLIENTS = 24;
  private static final int OPENING_CENTS = 100_000;

  private final RunningSystem system;
  private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong());
  private final List<Long> users = new ArrayList<>();
  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean goesOn = new AtomicBoolean(true);
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  ScaledTraffic(RunningSystem system) {
    this.system = system;
  }

  /** Makes users, then changes their balances until {@link #end}. */
  void begin(int numberOfUsers) throws IOException {
    try (var client = client("users")) {
      for (var i = 0; i < numberOfUsers; i++) {
        users.add(client.create(OPENING_CENTS));
      }
    }
    for (var i = 0; i < CLIENTS; i++) {
      var name = Integer.toString(i);
      clients.execute(() -> change(name));
    }
  }

  /** All that was asked and answered, when the last answer is there. */
  List<Operation> end() throws InterruptedException {
    goesOn.set(false);
    clients.shutdown();
    if (!clients.awaitTermination(2, TimeUnit.MINUTES)) {
      throw new AssertionError("a client does not end");
    }
    return soFar();
  }

  List<Operation> soFar() {
    return List.copyOf(operations);
  }

  /** What the ledger says of the users. */
  List<LedgerRow> ledger() throws SQLException {
    try (var connection = system.connect()) {
      return LedgerRow.ofUsers(connection, users);
    }
  }

  private void change(String name) {
    try (var client = client(name)) {
      while (goesOn.get()) {
        var random = ThreadLocalRandom.current();
        var cents = random.nextBoolean() ? 300 : -200;
        client.change(users.get(random.nextInt(users.size())), cents, null);
      }
    }
  }

  private Client client(String name) {
    return new Client(List.of(system.api().getPort()), run + "-" + name, operations::add);
  }
}
