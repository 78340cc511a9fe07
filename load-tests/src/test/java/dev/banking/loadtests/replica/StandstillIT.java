package dev.banking.loadtests.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.bank.Bank;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The standby stands still and the cache forgets. Readers without a floor are shown nothing older
 * than the last change; if Redis lost it, for as long as {@code REDIS_TTL} at most.
 */
@Tag("scale")
@TestInstance(Lifecycle.PER_CLASS)
class StandstillIT {

  private static final Duration TTL = Duration.ofSeconds(20);

  /** A quarter of what the time to live has beyond 15 s. */
  private static final Duration MAX_LAG = Duration.ofMillis(1_250);

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration AFTERWARDS = Duration.ofSeconds(4);

  /** The sequence of the change; a user is created at 1. */
  private static final long NEWER = 2;

  private Bank bank;
  private Follower follower;
  private FlooredClient reader;
  private long user;

  @BeforeAll
  void start() throws IOException {
    var settings = Map.of("REDIS_TTL", Long.toString(TTL.toSeconds()));
    bank = Bank.startFollowed(Path.of(".."), Path.of("target", "standstill.log"), settings);
    follower = new Follower(bank);
  }

  @AfterAll
  void stop() throws IOException {
    if (bank != null) {
      bank.close();
    }
  }

  /** It has the user as created, and is as current as it can be. */
  @BeforeEach
  void pauseTheStandby() throws Exception {
    reader = new FlooredClient(bank.api().port());
    user = reader.create();
    follower.awaitAnswers(reader, user);
    follower.awaitYoungerThan(MAX_LAG.dividedBy(4));
    follower.pause();
  }

  @AfterEach
  void resumeTheStandby() throws Exception {
    follower.resume();
    reader.close();
  }

  /**
   * An answer.
   *
   * @param isPage of the ledger; else the account
   * @param askedAfter the change was acknowledged
   */
  private record Shown(boolean isPage, Duration askedAfter, long sequence) {}

  @Test
  void whatTheCacheForgetsIsThePrimarysToAnswer() throws Exception {
    var answered = follower.answered();
    var missing = missing();
    assertThat(reader.change(user)).isEqualTo(NEWER);
    var changedAt = System.nanoTime();

    var shown = readUntil(changedAt, TTL.plus(AFTERWARDS));
    assertThat(missing()).as("the cache has forgotten").isGreaterThan(missing);
    shown.addAll(readEmptiedUntil(changedAt, TTL.plus(AFTERWARDS.multipliedBy(2))));

    assertThat(older(shown, Duration.ZERO)).isEmpty();
    assertThat(follower.answered()).as("reads by the standby").isEqualTo(answered);
  }

  /** What it said of the account while it was current enough is in the cache, and ends in time. */
  @Test
  void anEmptiedCacheIsFilledWithTheOlderForTheTimeToLiveAtMost() throws Exception {
    assertThat(reader.change(user)).isEqualTo(NEWER);
    var changedAt = System.nanoTime();

    var shown = readEmptiedUntil(changedAt, MAX_LAG.dividedBy(2));
    assertThat(older(shown, Duration.ZERO)).as("as the standby has it").isNotEmpty();
    shown.addAll(readUntil(changedAt, MAX_LAG));
    var answered = follower.answered();
    shown.addAll(readUntil(changedAt, TTL.plus(AFTERWARDS)));

    assertThat(older(shown, MAX_LAG).filter(Shown::isPage)).isEmpty();
    assertThat(older(shown, TTL)).isEmpty();
    assertThat(shown.stream().filter(it -> !it.isPage()).map(Shown::sequence).toList())
        .as("an account never goes back")
        .isSorted();
    assertThat(follower.answered()).as("reads by the late standby").isEqualTo(answered);
  }

  /** Reads that the cache had nothing for. */
  private double missing() {
    return bank.api().metric("banking_cache_reads_total{result=\"miss\"}");
  }

  /** Without a floor. */
  private List<Shown> readUntil(long changedAt, Duration end) throws IOException {
    var shown = new ArrayList<Shown>();
    var account = "/api/users/" + user;
    for (var after = since(changedAt); after.compareTo(end) < 0; after = since(changedAt)) {
      shown.add(new Shown(true, after, reader.newestOf(account + "/transactions?limit=1", 0)));
      shown.add(new Shown(false, since(changedAt), reader.newestOf(account, 0)));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return shown;
  }

  /** Redis has nothing of what was read before. */
  private List<Shown> readEmptiedUntil(long changedAt, Duration end) throws IOException {
    var shown = new ArrayList<Shown>();
    for (var after = since(changedAt); after.compareTo(end) < 0; after = since(changedAt)) {
      bank.redis("FLUSHALL");
      shown.addAll(readUntil(changedAt, after.plus(PAUSE)));
    }
    return shown;
  }

  /** Answers without the change, to who asked later than that. */
  private static Stream<Shown> older(List<Shown> shown, Duration askedAfter) {
    return shown.stream()
        .filter(it -> it.sequence() < NEWER && it.askedAfter().compareTo(askedAfter) >= 0);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
