package dev.banking.loadtests.model;

import java.util.function.DoubleUnaryOperator;

/**
 * The model's parameters, from as few of the measured figures as it needs. The others stay
 * predictions, and their error says what the model is worth.
 *
 * <ul>
 *   <li>HTTP: what the ceiling leaves for each request;
 *   <li>a change: the processor time of 200 connections above the ceiling's, less its part of the
 *       batch;
 *   <li>a commit: what a lone change takes beyond its processor time;
 *   <li>what relay, broker and workers take of the processors meanwhile: so much that 200
 *       connections come out right;
 *   <li>a batch: as profiled; another user: so much that 10,000 users come out right, if they were
 *       measured.
 * </ul>
 */
record Calibration(Costs costs, Setup setup) {

  /** What the other parameters are set by. */
  static final int REFERENCE = 200;

  static final int MANY_USERS = 10_000;

  /** As the API has it: half the processors as lanes, and batches of at most 500. */
  private static final int MAX_BATCH = 500;

  private static final double LEAST_PROCESSORS = 0.1;
  private static final double MOST_MILLIS = 5;
  private static final int HALVINGS = 40;

  static Calibration of(Measured measured) {
    var processors = measured.needed("processors");
    var http = processors / measured.needed("ceiling.per-second") * 1_000;
    var batch = measured.needed("lane.batch-cpu-ms");
    var change = Math.max(0, aboveCeiling(measured) - batch * transactions(measured));
    var lone = measured.needed("one-user.1.p50-ms");
    var commit = Math.max(0, lone - http - batch - change);
    var assumed = measured.needed("assumed.other-user-cpu-ms");
    var costs = new Costs(http, batch, change, assumed, commit);
    var lanes = Math.max(1, (int) processors / 2);
    var setup = new Setup(processors, (int) processors, lanes, MAX_BATCH, 1);
    var oneUser = measured.needed("one-user." + REFERENCE + ".per-second");
    var left =
        where(
            LEAST_PROCESSORS,
            processors,
            number -> ClosedLoop.of(costs, setup.withProcessors(number), REFERENCE).perSecond(),
            oneUser);
    return new Calibration(costs, setup.withProcessors(left)).withManyUsers(measured);
  }

  private Calibration withManyUsers(Measured measured) {
    var found = measured.number("users." + REFERENCE + ".per-second");
    if (Double.isNaN(found)) {
      return this;
    }
    var many = setup.withUsers(MANY_USERS);
    var otherUser =
        where(
            0,
            MOST_MILLIS,
            millis -> -ClosedLoop.of(costs.withOtherUser(millis), many, REFERENCE).perSecond(),
            -found);
    return new Calibration(costs.withOtherUser(otherUser), setup);
  }

  private static double aboveCeiling(Measured measured) {
    var reference = "one-user." + REFERENCE;
    return measured.needed(reference + ".api-cpu-ms")
        + measured.needed(reference + ".postgres-cpu-ms")
        - measured.needed("ceiling.api-cpu-ms")
        - measured.needed("ceiling.postgres-cpu-ms");
  }

  private static double transactions(Measured measured) {
    return measured.needed("one-user." + REFERENCE + ".transactions");
  }

  /** Where a growing function has a value, between two places; or the nearer of them. */
  private static double where(double from, double to, DoubleUnaryOperator growing, double value) {
    var low = from;
    var high = to;
    for (var halving = 0; halving < HALVINGS; halving++) {
      var middle = (low + high) / 2;
      if (growing.applyAsDouble(middle) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** One user at so many connections. */
  LoopResult oneUser(int connections) {
    return ClosedLoop.of(costs, setup, connections);
  }

  /** Many users at so many connections. */
  LoopResult manyUsers(int connections) {
    return ClosedLoop.of(costs, setup.withUsers(MANY_USERS), connections);
  }

  /** One change a transaction, one after the other: what every way without batches comes to. */
  LoopResult oneByOne(int connections) {
    return ClosedLoop.of(costs, setup.withMaxBatch(1), connections);
  }
}
