package dev.banking.loadtests.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Clients that send their next request when they have an answer. A request is served by one of few
 * HTTP threads, waits in its lane, and is answered with its batch: a lane takes all that waits,
 * works on it, waits for its commit, and takes what has gathered meanwhile. All threads that have
 * work share the processors evenly.
 *
 * <p>Two clocks: time, and the processor time that each busy thread has had. Their ratio changes
 * whenever a thread becomes busy or idle, and only then, so that the next event is always known
 * exactly. Nothing is random.
 */
final class ClosedLoop {

  private static final int FEWEST_ANSWERS = 4_000;
  private static final int ANSWERS_PER_CONNECTION = 20;
  private static final int HTTP = -1;

  private final Costs costs;
  private final Setup setup;
  private final int connections;

  private final PriorityQueue<Job> busy = new PriorityQueue<>(Comparator.comparingDouble(Job::end));
  private final PriorityQueue<Job> commits =
      new PriorityQueue<>(Comparator.comparingDouble(Job::end));
  private final Queue<Request> arrived = new ArrayDeque<>();
  private final List<Queue<Request>> lanes = new ArrayList<>();
  private final boolean[] isOccupied;
  private int freeServers;

  private double now;
  private double processorTime;
  private int sent;

  private long answers;
  private double waited;
  private long batches;

  /** A request on its way, since a moment. */
  private record Request(double since, int lane) {}

  /** Work that ends at a moment of one of the clocks; of a lane, or of HTTP for one request. */
  private record Job(double end, int lane, List<Request> requests) {}

  private ClosedLoop(Costs costs, Setup setup, int connections) {
    this.costs = costs;
    this.setup = setup;
    this.connections = connections;
    this.isOccupied = new boolean[setup.lanes()];
    this.freeServers = setup.servers();
    for (var lane = 0; lane < setup.lanes(); lane++) {
      lanes.add(new ArrayDeque<>());
    }
  }

  /** Runs until it has settled, and then as long again to look at it. */
  static LoopResult of(Costs costs, Setup setup, int connections) {
    return new ClosedLoop(costs, setup, connections).run();
  }

  private LoopResult run() {
    var enough = Math.max(FEWEST_ANSWERS, ANSWERS_PER_CONNECTION * connections);
    for (var client = 0; client < connections; client++) {
      send();
    }
    runUntil(enough);
    var from = now;
    answers = 0;
    waited = 0;
    batches = 0;
    runUntil(enough);
    return new LoopResult(
        connections, answers * 1_000 / (now - from), waited / answers, (double) answers / batches);
  }

  private void runUntil(int enough) {
    while (answers < enough) {
      step();
    }
  }

  private void step() {
    var speed = Math.min(1, setup.processors() / Math.max(1, busy.size()));
    var work = busy.peek();
    var commit = commits.peek();
    if (work != null
        && (commit == null || now + (work.end() - processorTime) / speed <= commit.end())) {
      busy.remove();
      now += (work.end() - processorTime) / speed;
      processorTime = work.end();
      done(work);
    } else if (commit != null) {
      commits.remove();
      processorTime += (commit.end() - now) * speed;
      now = commit.end();
      committed(commit);
    }
  }

  private void send() {
    // One user has one lane; many users have all of them in turn.
    var lane = setup.users() == 1 ? 0 : sent++ % setup.lanes();
    arrived.add(new Request(now, lane));
    serve();
  }

  private void serve() {
    while (freeServers > 0 && !arrived.isEmpty()) {
      freeServers--;
      busy.add(new Job(processorTime + costs.http(), HTTP, List.of(arrived.remove())));
    }
  }

  private void done(Job work) {
    if (work.lane() != HTTP) {
      commits.add(new Job(now + costs.commit(), work.lane(), work.requests()));
      return;
    }
    var request = work.requests().getFirst();
    lanes.get(request.lane()).add(request);
    freeServers++;
    serve();
    take(request.lane());
  }

  private void take(int lane) {
    var waiting = lanes.get(lane);
    if (isOccupied[lane] || waiting.isEmpty()) {
      return;
    }
    var batch = new ArrayList<Request>();
    while (batch.size() < setup.maxBatch() && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    isOccupied[lane] = true;
    var cost = costs.ofBatch(batch.size(), setup.usersIn(batch.size()));
    busy.add(new Job(processorTime + cost, lane, batch));
  }

  private void committed(Job commit) {
    isOccupied[commit.lane()] = false;
    batches++;
    for (var request : commit.requests()) {
      answers++;
      waited += now - request.since();
      send();
    }
    take(commit.lane());
  }
}
