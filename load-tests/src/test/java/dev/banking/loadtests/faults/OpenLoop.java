package dev.banking.loadtests.faults;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.client.Client;
import dev.banking.loadtests.history.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that do not wait for each other: requests leave at a fixed rate, however slow the answers
 * are. Or, to find the rate that the system can take, a fixed number of clients that do wait.
 */
final class OpenLoop implements AutoCloseable {

  /** Connections at once; one more request is not sent, and counted. */
  private static final int MOST_CONNECTIONS = 6_000;

  /**
   * Shorter than the API keeps an idle connection, as proxies and careful clients have it: a
   * request could otherwise leave in the moment in which the connection is closed.
   */
  private static final Duration LONGEST_REST = Duration.ofSeconds(60);

  private static final Duration TICK = Duration.ofMillis(5);

  private final Bank bank;
  private final String name;
  private final List<Long> users;
  private final Collection<Operation> history;
  private final SplittableRandom random = new SplittableRandom(1);
  private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
  private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);
  private final AtomicInteger clients = new AtomicInteger();
  private int notSent;

  /** A client whose connection has rested since a moment of {@link System#nanoTime}. */
  private record Idle(Client client, long sinceNanos) {}

  OpenLoop(Bank bank, String name, List<Long> users, Collection<Operation> history) {
    this.bank = bank;
    this.name = name;
    this.users = users;
    this.history = history;
  }

  /** Sends at this rate, and waits for all answers. */
  void fire(double perSecond, Duration duration) {
    var start = System.nanoTime();
    var sent = 0L;
    try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
      while (System.nanoTime() - start < duration.toNanos()) {
        var due = (long) (perSecond * (double) (System.nanoTime() - start) / 1e9);
        for (; sent < due; sent++) {
          if (connections.tryAcquire()) {
            var userId = user(random);
            var cents = cents(random);
            requests.execute(() -> send(userId, cents));
          } else {
            notSent++;
          }
        }
        LockSupport.parkNanos(TICK.toNanos());
      }
    }
  }

  /** Lets so many clients send one request after the other; returns decisions per second. */
  double capacity(int atOnce, Duration duration) throws InterruptedException {
    var decided = new ConcurrentLinkedQueue<Operation>();
    var start = System.nanoTime();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < atOnce; i++) {
      var client = newClient(decided);
      var seed = random.split();
      threads.add(
          Thread.ofVirtual().start(() -> sendUntil(start + duration.toNanos(), client, seed)));
    }
    for (var thread : threads) {
      thread.join();
    }
    history.addAll(decided);
    var half = start + duration.toNanos() / 2;
    var end = start + duration.toNanos();
    // Not what was under way at the end: with so many clients that is a good part of a second's
    // work.
    var secondHalf =
        decided.stream()
            .filter(it -> it.endNanos() - half > 0 && it.endNanos() - end <= 0)
            .filter(it -> !Figures.isError(it.answer()))
            .count();
    return secondHalf * 2e9 / (double) duration.toNanos();
  }

  /** Requests for which there was no connection left. */
  int notSent() {
    return notSent;
  }

  private void send(long userId, long cents) {
    var client = client();
    client.change(userId, cents, null);
    idle.addFirst(new Idle(client, System.nanoTime()));
    connections.release();
  }

  private Client client() {
    var rested = idle.pollFirst();
    if (rested == null) {
      return newClient(history);
    }
    if (System.nanoTime() - rested.sinceNanos() > LONGEST_REST.toNanos()) {
      rested.client().close();
    }
    return rested.client();
  }

  /** With a name that no other client has: request ids are made from it. */
  private Client newClient(Collection<Operation> history) {
    return new Client(
        List.of(bank.api().port()), name + "-" + clients.incrementAndGet(), history::add);
  }

  private void sendUntil(long endNanos, Client client, SplittableRandom own) {
    try (client) {
      while (System.nanoTime() - endNanos < 0) {
        client.change(user(own), cents(own), null);
      }
    }
  }

  private long user(SplittableRandom random) {
    return users.get(random.nextInt(users.size()));
  }

  private static long cents(SplittableRandom random) {
    var cents = 1 + random.nextLong(100);
    return random.nextBoolean() ? cents : -cents;
  }

  @Override
  public void close() {
    idle.forEach(rested -> rested.client().close());
  }
}
