package dev.banking.loadtests.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedLoopTest {

  private static final Costs COSTS = new Costs(0.12, 1, 0.04, 0.05, 0.6);
  private static final Setup SETUP = new Setup(2, 2, 1, 500, 1);

  /** Deterministic loops have rhythms: a larger one may beat slightly worse. */
  private static final double RHYTHM = 0.97;

  @Test
  void aLoneChangePaysForEverythingOnce() {
    var loop = ClosedLoop.of(COSTS, SETUP, 1);

    assertThat(loop.meanMillis()).isCloseTo(0.12 + 1 + 0.04 + 0.6, within(1e-6));
    assertThat(loop.perSecond()).isCloseTo(1_000 / 1.76, within(1e-6));
    assertThat(loop.meanBatch()).isEqualTo(1);
  }

  /**
   * By hand: each batch of one takes 1 + 1 + 1 ms; while one client is served, the other needs 1 ms
   * of HTTP and waits for the rest. An answer every 3 ms, each 6 ms after its request.
   */
  @Test
  void twoClientsTakeTurns() {
    var loop = ClosedLoop.of(new Costs(1, 1, 1, 0, 1), new Setup(8, 2, 1, 500, 1), 2);

    assertThat(loop.perSecond()).isCloseTo(1_000 / 3.0, within(0.1));
    assertThat(loop.meanMillis()).isCloseTo(6, within(0.01));
    assertThat(loop.meanBatch()).isEqualTo(1);
  }

  /**
   * By hand: HTTP costs nothing, so that all but the batch's wait: 10 + 2 × 4 + 2 ms for each 4.
   */
  @Test
  void aFullLaneAnswersABatchAtATime() {
    var loop = ClosedLoop.of(new Costs(0, 10, 2, 0, 2), new Setup(2, 2, 1, 4, 1), 12);

    assertThat(loop.meanBatch()).isCloseTo(4, within(0.01));
    assertThat(loop.perSecond()).isCloseTo(4_000 / 20.0, Percentage.withPercentage(1));
    assertThat(loop.meanMillis()).isCloseTo(60, Percentage.withPercentage(1));
  }

  /**
   * By hand: HTTP needs both processors for 1 ms each; a lane that wants nothing is no obstacle.
   */
  @Test
  void cannotServeMoreThanTheProcessorsAllow() {
    var loop = ClosedLoop.of(new Costs(1, 0, 0, 0, 0), SETUP, 50);

    assertThat(loop.perSecond()).isCloseTo(2_000, Percentage.withPercentage(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20, 200, 1_000})
  void keepsLittlesLaw(int connections) {
    for (var users : new int[] {1, 10_000}) {
      var loop = ClosedLoop.of(COSTS, SETUP.withUsers(users).withLanes(2), connections);

      assertThat(loop.perSecond() * loop.meanMillis() / 1_000)
          .isCloseTo(connections, Percentage.withPercentage(4));
    }
  }

  @Test
  void moreClientsAreServedFasterButNotSooner() {
    var before = ClosedLoop.of(COSTS, SETUP, 1);
    for (var connections : new int[] {2, 5, 20, 100, 200, 1_000}) {
      var loop = ClosedLoop.of(COSTS, SETUP, connections);

      assertThat(loop.perSecond()).isGreaterThanOrEqualTo(before.perSecond() * RHYTHM);
      assertThat(loop.meanMillis()).isGreaterThanOrEqualTo(before.meanMillis());
      assertThat(loop.meanBatch()).isGreaterThanOrEqualTo(before.meanBatch() * RHYTHM);
      before = loop;
    }
  }

  @Test
  void whatCostsMoreIsNeverFaster() {
    var base = ClosedLoop.of(COSTS, SETUP, 200).perSecond();

    assertThat(ClosedLoop.of(COSTS.withChange(0.08), SETUP, 200).perSecond()).isLessThan(base);
    assertThat(ClosedLoop.of(COSTS.withCommit(5), SETUP, 200).perSecond()).isLessThan(base);
    assertThat(ClosedLoop.of(COSTS, SETUP.withProcessors(1), 200).perSecond()).isLessThan(base);
    assertThat(ClosedLoop.of(COSTS, SETUP.withUsers(10_000), 200).perSecond()).isLessThan(base);
    assertThat(ClosedLoop.of(COSTS, SETUP.withMaxBatch(1), 200).perSecond()).isLessThan(base / 5);
    assertThat(ClosedLoop.of(COSTS, SETUP.withProcessors(2.5), 200).perSecond())
        .isGreaterThan(base);
  }

  @Test
  void moreLanesDoNotHelpOneUser() {
    assertThat(ClosedLoop.of(COSTS, SETUP.withLanes(8), 200))
        .isEqualTo(ClosedLoop.of(COSTS, SETUP, 200));
  }

  @Test
  void saysTheSameEveryTime() {
    assertThat(ClosedLoop.of(COSTS, SETUP, 300)).isEqualTo(ClosedLoop.of(COSTS, SETUP, 300));
  }

  @Test
  void aBatchHoldsAsManyUsersAsChangesWhereThereAreMany() {
    assertThat(SETUP.usersIn(500)).isCloseTo(1, within(1e-9));
    assertThat(SETUP.withUsers(2).usersIn(2)).isCloseTo(1.5, within(1e-9));
    assertThat(SETUP.withUsers(1_000_000).usersIn(100)).isCloseTo(100, within(0.01));
  }
}
