package dev.banking.loadtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.HistoryChecker;
import dev.banking.loadtests.history.LedgerRow;
import dev.banking.loadtests.history.Operation;
import dev.banking.loadtests.history.Violation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One fault: traffic before, during and after it, and the verdict. The traffic ends with {@link
 * #finish}.
 */
public final class FaultRun {

  private static final String CACHE_FAILURES = "banking_cache_write_failures_total";
  private static final Duration CATCH_UP = Duration.ofSeconds(60);
  private static final Duration REFUSALS_CATCH_UP = Duration.ofSeconds(20);
  private static final Duration NOTICED = Duration.ofSeconds(1);
  private static final int TOLD = 20;

  /** A p99 below it is the machine's, not the API's: other processes share its processors. */
  private static final double NOISE_MILLIS = 15;

  private static @Nullable Traffic running;

  private final Bank bank;
  private final String fault;
  private final Traffic traffic;
  private final Books books;
  private final double cacheFailuresBefore;
  private final long startedAt = System.nanoTime();
  private final List<Operation> others = new ArrayList<>();
  private boolean cacheMayFail;
  private long brokenAt;
  private Instant brokenTime = Instant.MAX;
  private long restoredAt;
  private double secondsUntilQuiet;

  private FaultRun(Bank bank, String fault, long seed) throws IOException {
    this.bank = bank;
    this.fault = fault;
    var name = "f" + Long.toString(System.nanoTime(), 36);
    traffic = new Traffic(bank, name, seed);
    books = new Books(bank, traffic.users());
    cacheFailuresBefore = cacheFailures();
  }

  /** Starts the traffic and lets it run for a while. */
  public static FaultRun begin(Bank bank, String fault, Duration before) throws IOException {
    var seed = System.nanoTime();
    System.out.println(fault + ": seed " + seed);
    var run = new FaultRun(bank, fault, seed);
    running = run.traffic;
    run.traffic.start();
    run.goOn(before);
    return run;
  }

  /** Has users, and leaves the traffic to the test. */
  static FaultRun withoutTraffic(Bank bank, String fault) throws IOException {
    return new FaultRun(bank, fault, 0);
  }

  /** Ends the traffic of a test that failed before it could. */
  public static void endTraffic() throws InterruptedException {
    var left = running;
    if (left != null) {
      left.stop();
    }
  }

  /** Lets the traffic run. */
  public void goOn(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }

  /** From now on it is broken. */
  public void broken() {
    brokenAt = System.nanoTime();
    brokenTime = Instant.now();
  }

  /**
   * Lets the traffic run until events flow again, or fails.
   *
   * @return the seconds from {@link #broken} until both workers had stored a change made after it
   */
  double awaitFlow(Duration limit) {
    await(fault + ": events flow again")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> books.haveArrivedSince(brokenTime));
    return seconds(brokenAt, System.nanoTime());
  }

  /** From now on it is whole again, and recovers. */
  public void restored() {
    restoredAt = System.nanoTime();
  }

  /** The cache may have missed a write that no counter tells of. */
  public void cacheMayFail() {
    cacheMayFail = true;
  }

  /** The users of this run. */
  List<Long> users() {
    return traffic.users();
  }

  /** What other clients did to the same users. */
  void add(Collection<Operation> operations) {
    others.addAll(operations);
  }

  /** The user that most requests are for. */
  long hotUser() {
    return traffic.users().getFirst();
  }

  /** Ends the traffic, waits for the events, checks everything, and adds a line to the table. */
  public Outcome finish() throws IOException, InterruptedException {
    traffic.stop();
    await(fault + ": all events are in the tables")
        .atMost(CATCH_UP)
        .pollInterval(Duration.ofMillis(200))
        .until(books::areQuiet);
    secondsUntilQuiet = seconds(restoredAt, System.nanoTime());
    var history = Stream.concat(traffic.history().stream(), others.stream()).toList();
    var rows = books.ledger();
    var violations = new HistoryChecker(staleness()).check(history, rows);
    var differences = new ArrayList<>(books.differences());
    differences.addAll(awaitRefusalsInAudit(history));
    if (traffic.undecidedKeys() > 0) {
      differences.add(traffic.undecidedKeys() + " keys whose outcome was never told");
    }
    var figures =
        Figures.of(fault, history, rows, violations, differences.size(), secondsToRecover(history));
    FaultTable.add(figures);
    tellErrors(history);
    return new Outcome(figures, history, rows, violations, differences);
  }

  /** What came of it, for the test's own questions. */
  public final class Outcome {

    private final Figures figures;
    private final List<Operation> history;
    private final List<LedgerRow> rows;
    private final List<Violation> violations;
    private final List<String> differences;
    private final double seconds = seconds(startedAt, System.nanoTime());

    Outcome(
        Figures figures,
        List<Operation> history,
        List<LedgerRow> rows,
        List<Violation> violations,
        List<String> differences) {
      this.figures = figures;
      this.history = history;
      this.rows = rows;
      this.violations = violations;
      this.differences = differences;
    }

    Figures figures() {
      return figures;
    }

    List<LedgerRow> rows() {
      return rows;
    }

    /** What counts, in one line; the seconds are those of all of it, and of its check. */
    public String figuresInWords() {
      return "%s: %d requests, %d unknown, %d errors, %d violations, %.0f seconds"
          .formatted(
              fault,
              figures.requests(),
              figures.unknown(),
              figures.errors() + traffic.unreachable(),
              figures.violations(),
              seconds);
    }

    /** What every fault must leave behind. */
    public Outcome assertNothingLostNothingTwice() {
      assertThat(violations.stream().limit(TOLD)).as("violations of the history").isEmpty();
      assertThat(differences).as("differences between the books").isEmpty();
      assertThat(figures.acknowledged()).as("acknowledged").isGreaterThan(100);
      return this;
    }

    /** No client saw anything but success and justified refusals. */
    public Outcome assertNoErrors() {
      assertThat(history.stream().filter(it -> Figures.isError(it.answer())).limit(TOLD)).isEmpty();
      assertThat(traffic.unreachable()).as("connections refused").isZero();
      return this;
    }

    Outcome assertRecoversWithin(Duration limit) {
      assertThat(figures.secondsToRecover())
          .as("seconds to recover")
          .isLessThanOrEqualTo(limit.toMillis() / 1000.0);
      return this;
    }

    /** Since it was restored. */
    Outcome assertEventsArriveWithin(Duration limit) {
      assertThat(secondsUntilQuiet)
          .as("seconds until all events are in the tables")
          .isLessThanOrEqualTo(limit.toMillis() / 1000.0);
      return this;
    }

    /** Compares the time in which it was broken with the time before. */
    Outcome assertSlowdown(Operation.Kind kind, double limit) {
      var before = p99(kind, startedAt, brokenAt);
      var during = p99(kind, brokenAt, restoredAt);
      var later = p99(kind, brokenAt + NOTICED.toNanos(), restoredAt);
      System.out.printf(
          "%s: p99 of %s %.1f ms, broken %.1f ms, without the first second %.1f ms%n",
          fault, kind, before, during, later);
      assertThat(during)
          .as("p99 of %s, before: %s ms", kind, before)
          .isLessThan(Math.max(before, NOISE_MILLIS) * limit);
      return this;
    }

    double secondsUntilQuiet() {
      return secondsUntilQuiet;
    }

    long answered(Class<? extends Answer> type) {
      return history.stream().filter(it -> type.isInstance(it.answer())).count();
    }

    private double p99(Operation.Kind kind, long fromNanos, long toNanos) {
      var nanos =
          history.stream()
              .filter(it -> it.kind() == kind)
              .filter(it -> it.startNanos() - fromNanos >= 0 && it.startNanos() - toNanos < 0)
              .mapToLong(it -> it.endNanos() - it.startNanos())
              .sorted()
              .toArray();
      assertThat(nanos).as("enough to take a percentile of").hasSizeGreaterThan(50);
      return nanos[nanos.length * 99 / 100] / 1e6;
    }
  }

  private void tellErrors(List<Operation> history) {
    var errors =
        history.stream()
            .filter(it -> Figures.isError(it.answer()))
            .collect(
                Collectors.groupingBy(
                    it -> it.kind() + " " + it.answer(), TreeMap::new, Collectors.counting()));
    if (!errors.isEmpty() || traffic.unreachable() > 0) {
      System.out.println(fault + ": unreachable " + traffic.unreachable() + ", errors " + errors);
    }
  }

  private Duration staleness() {
    return cacheMayFail || cacheFailures() > cacheFailuresBefore ? Bank.CACHE_TTL : Duration.ZERO;
  }

  private double cacheFailures() {
    return bank.runningApis().stream().mapToDouble(api -> api.metric(CACHE_FAILURES)).sum();
  }

  /** Until the end of the last error, or without one until the first acknowledgement. */
  private double secondsToRecover(List<Operation> history) {
    var after = history.stream().filter(it -> it.startNanos() - restoredAt > 0).toList();
    var lastError =
        after.stream()
            .filter(it -> Figures.isError(it.answer()))
            .mapToLong(it -> it.endNanos() - restoredAt)
            .max();
    var firstSuccess =
        after.stream()
            .filter(it -> it.answer() instanceof Answer.Applied)
            .mapToLong(it -> it.endNanos() - restoredAt)
            .min();
    return Math.max(lastError.orElse(0), firstSuccess.orElse(Long.MAX_VALUE)) / 1e9;
  }

  private List<String> awaitRefusalsInAudit(List<Operation> history) {
    try {
      return await()
          .atMost(REFUSALS_CATCH_UP)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> refusalsWithoutAudit(history), List::isEmpty);
    } catch (ConditionTimeoutException _) {
      return refusalsWithoutAudit(history);
    }
  }

  /** A refused command has an audit row under the id of one of its attempts. */
  private List<String> refusalsWithoutAudit(List<Operation> history) {
    var audited = books.auditedRefusals();
    Map<String, Set<String>> attempts = new HashMap<>();
    history.forEach(it ->
        attempts
            .computeIfAbsent(String.valueOf(it.key()), _ -> new HashSet<>())
            .add(it.requestId()));
    return history.stream()
        .filter(it -> it.answer() instanceof Answer.Refused)
        .filter(it ->
            it.key() == null
                ? !audited.contains(it.requestId())
                : Collections.disjoint(attempts.getOrDefault(it.key(), Set.of()), audited))
        .map(it -> "refused and not in the audit book: " + it)
        .limit(TOLD)
        .collect(Collectors.toList());
  }

  private static double seconds(long fromNanos, long toNanos) {
    return (toNanos - fromNanos) / 1e9;
  }
}
