package dev.banking.loadtests.replica;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Clients that change and read some users, and never accept less than they have seen themselves.
 */
final class FlooredReaders implements AutoCloseable {

  private static final int CLIENTS = 8;
  private static final int USERS = 10;

  private final int port;
  private final List<Long> users = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<Figures>> clients = new ArrayList<>();
  private volatile boolean stopping;

  FlooredReaders(int port) throws IOException {
    this.port = port;
    try (var client = new FlooredClient(port)) {
      for (var i = 0; i < USERS; i++) {
        users.add(client.create());
      }
    }
  }

  /**
   * What they did.
   *
   * @param changes acknowledged
   * @param reads answered with what the client had seen, or newer
   */
  record Figures(int changes, int reads) {

    Figures and(Figures other) {
      return new Figures(changes + other.changes, reads + other.reads);
    }
  }

  void start() {
    for (var i = 0; i < CLIENTS; i++) {
      Callable<Figures> client = this::run;
      clients.add(threads.submit(client));
    }
  }

  /**
   * Ends them.
   *
   * @throws java.util.concurrent.ExecutionException when one was shown less than it had seen
   */
  Figures stop() throws Exception {
    stopping = true;
    var sum = new Figures(0, 0);
    for (var client : clients) {
      sum = sum.and(client.get());
    }
    return sum;
  }

  private Figures run() throws IOException {
    var seen = new HashMap<Long, Long>();
    var changes = 0;
    var reads = 0;
    try (var client = new FlooredClient(port)) {
      while (!stopping) {
        var random = ThreadLocalRandom.current();
        var user = users.get(random.nextInt(USERS));
        if (random.nextInt(4) == 0) {
          seen.put(user, client.change(user));
          changes++;
        } else {
          var floor = seen.getOrDefault(user, 1L);
          var shown = client.newestOf(path(user, random.nextBoolean()), floor);
          if (shown < floor) {
            throw new AssertionError("user " + user + ": saw " + floor + ", was shown " + shown);
          }
          seen.put(user, shown);
          reads++;
        }
      }
    }
    return new Figures(changes, reads);
  }

  private static String path(long user, boolean isHistory) {
    return "/api/users/" + user + (isHistory ? "/transactions?limit=5" : "");
  }

  @Override
  public void close() {
    stopping = true;
    threads.close();
  }
}
