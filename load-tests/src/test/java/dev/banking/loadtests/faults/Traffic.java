package dev.banking.loadtests.faults;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.client.Client;
import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The mixed load: 20 users, one of them hot; deposits, withdrawals and reads; a third of the
 * changes with keys, tried again until they are decided, and sometimes once more after that.
 */
final class Traffic {

  private static final int USERS = 20;
  private static final int CLIENTS = 16;
  private static final long OPENING_CENTS = 100_00;
  private static final long MOST_CENTS = 30_00;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration LAST_TRIES = Duration.ofSeconds(30);

  private final Bank bank;
  private final String name;
  private final SplittableRandom seeds;
  private final Collection<Operation> history = new ConcurrentLinkedQueue<>();
  private final List<Long> users = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger unreachable = new AtomicInteger();
  private final AtomicInteger undecidedKeys = new AtomicInteger();
  private volatile boolean stopping;

  /**
   * Creates the users.
   *
   * @param name unique; the prefix of all request ids
   */
  Traffic(Bank bank, String name, long seed) throws IOException {
    this.bank = bank;
    this.name = name;
    this.seeds = new SplittableRandom(seed);
    try (var client = new Client(List.of(bank.api().port()), name + "-create", history::add)) {
      for (var i = 0; i < USERS; i++) {
        users.add(client.create(OPENING_CENTS));
      }
    }
  }

  void start() {
    for (var i = 0; i < CLIENTS; i++) {
      var number = i;
      var random = seeds.split();
      threads.add(Thread.ofVirtual().start(() -> work(number, random)));
    }
  }

  /** Ends it when every key is decided, or will not be. */
  void stop() throws InterruptedException {
    stopping = true;
    for (var thread : threads) {
      thread.join();
    }
  }

  List<Long> users() {
    return users;
  }

  List<Operation> history() {
    return List.copyOf(history);
  }

  /** How often no instance could be reached. */
  int unreachable() {
    return unreachable.get();
  }

  /** Keys whose outcome was never told, however often it was asked for. */
  int undecidedKeys() {
    return undecidedKeys.get();
  }

  /** A change with a key that will be sent again. */
  private record Keyed(long userId, long cents, String key) {}

  /** Half of the clients prefer the second instance, if it is there. */
  private void work(int clientNumber, SplittableRandom random) {
    var clientName = name + "-" + clientNumber;
    var instances = List.of(bank.api().port(), bank.secondApi().port());
    var ours = clientNumber % 2 == 0 ? instances : instances.reversed();
    Deque<Keyed> open = new ArrayDeque<>();
    try (var client = new Client(ours, clientName, history::add)) {
      for (var number = 0; !stopping; number++) {
        step(client, random, open, clientName + "-key-" + number);
        LockSupport.parkNanos(random.nextLong(2 * PAUSE.toNanos()));
      }
      decideAll(client, random, open);
      unreachable.addAndGet(client.unreachable());
      undecidedKeys.addAndGet(open.size());
    }
  }

  private void step(Client client, SplittableRandom random, Deque<Keyed> open, String key) {
    var kind = random.nextInt(10);
    if (!open.isEmpty() && random.nextInt(4) == 0) {
      send(client, random, open, open.removeFirst());
    } else if (kind < 3) {
      client.read(user(random));
    } else {
      var size = 1 + random.nextLong(MOST_CENTS);
      var cents = random.nextBoolean() ? size : -size;
      if (random.nextInt(3) == 0) {
        send(client, random, open, new Keyed(user(random), cents, key));
      } else {
        client.change(user(random), cents, null);
      }
    }
  }

  private void send(Client client, SplittableRandom random, Deque<Keyed> open, Keyed keyed) {
    var answer = client.change(keyed.userId(), keyed.cents(), keyed.key());
    if (!isDecided(answer) || random.nextInt(3) == 0) {
      open.addLast(keyed);
    }
  }

  private void decideAll(Client client, SplittableRandom random, Deque<Keyed> open) {
    var deadline = System.nanoTime() + LAST_TRIES.toNanos();
    while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
      send(client, random, open, open.removeFirst());
      LockSupport.parkNanos(PAUSE.toNanos() / 5);
    }
  }

  private static boolean isDecided(@Nullable Answer answer) {
    return answer instanceof Answer.Applied || answer instanceof Answer.Refused;
  }

  private long user(SplittableRandom random) {
    return users.get(random.nextInt(5) < 2 ? 0 : random.nextInt(USERS));
  }
}
