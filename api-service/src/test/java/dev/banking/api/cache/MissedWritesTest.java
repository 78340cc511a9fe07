package dev.banking.api.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.common.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MissedWritesTest {

  private static final Duration TTL = Duration.ofSeconds(60);

  // Just before it overflows, as nanoTime may be.
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 10);
  private final AtomicReference<@Nullable Runnable> duringTheNextLook = new AtomicReference<>();
  private final MissedWrites missed = new MissedWrites(TTL, this::look);

  private long look() {
    var once = duringTheNextLook.getAndSet(null);
    if (once != null) {
      once.run();
    }
    return nanoTime.get();
  }

  private static CachedAccount account(long userId, long sequence) {
    return new CachedAccount(userId, Money.ZERO, sequence, Instant.EPOCH, Instant.EPOCH);
  }

  @Test
  void outdatesOnlyWhatIsOlder() {
    missed.add(List.of(account(1, 7)));
    missed.add(List.of(account(1, 6)));
    assertThat(outdates(account(1, 6))).isTrue();
    assertThat(outdates(account(1, 7))).isFalse();
    assertThat(outdates(account(1, 8))).isFalse();
    assertThat(outdates(account(2, 1))).isFalse();
  }

  @Test
  void lastsUntilEveryOlderValueHasExpired() {
    missed.add(List.of(account(1, 7)));
    nanoTime.addAndGet(TTL.toNanos() - 1);
    assertThat(outdates(account(1, 6))).isTrue();
    nanoTime.addAndGet(1);
    assertThat(outdates(account(1, 6))).isFalse();
  }

  @Test
  void forgetsWhatHasArrivedAfterAll() {
    missed.add(List.of(account(1, 6), account(1, 7)));
    missed.remove(List.of(account(1, 6)));
    assertThat(outdates(account(1, 6))).isTrue();
    missed.remove(List.of(account(1, 7)));
    assertThat(outdates(account(1, 6))).isFalse();
  }

  @Test
  void outdatesEverythingWhenTooMuchIsMissed() {
    addOneToEach(1, MissedWrites.MAX_ACCOUNTS);
    assertThat(outdates(account(-1, 1))).isFalse();
    addOneToEach(MissedWrites.MAX_ACCOUNTS + 1, MissedWrites.MAX_ACCOUNTS + 1);
    assertThat(outdates(account(-1, 1))).isTrue();
    nanoTime.addAndGet(TTL.toNanos());
    assertThat(outdates(account(-1, 1))).isFalse();
  }

  @Test
  void forgetsTheOldForTheNew() {
    addOneToEach(1, MissedWrites.MAX_ACCOUNTS);
    nanoTime.addAndGet(TTL.toNanos());
    addOneToEach(MissedWrites.MAX_ACCOUNTS + 1, MissedWrites.MAX_ACCOUNTS + 1);
    assertThat(outdates(account(-1, 1))).isFalse();
    assertThat(outdates(account(MissedWrites.MAX_ACCOUNTS + 1, 0))).isTrue();
  }

  @Test
  void isNeverWithoutAnAnswerWhileTooMuchIsMissed() {
    addOneToEach(1, MissedWrites.MAX_ACCOUNTS);
    // The one too many comes while somebody asks.
    duringTheNextLook.set(
        () -> addOneToEach(MissedWrites.MAX_ACCOUNTS + 1, MissedWrites.MAX_ACCOUNTS + 1));
    assertThat(outdates(account(1, 0))).isTrue();
    assertThat(duringTheNextLook).hasNullValue();
  }

  private boolean outdates(CachedAccount stored) {
    return stored.sequence() < missed.oldestToShow(stored.userId());
  }

  private void addOneToEach(long first, long last) {
    missed.add(LongStream.rangeClosed(first, last).mapToObj(id -> account(id, 1)).toList());
  }
}
