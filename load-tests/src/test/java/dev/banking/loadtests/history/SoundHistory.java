package dev.banking.loadtests.history;

import dev.banking.loadtests.history.Answer.Applied;
import dev.banking.loadtests.history.Answer.Missing;
import dev.banking.loadtests.history.Answer.NotApplied;
import dev.banking.loadtests.history.Answer.Refused;
import dev.banking.loadtests.history.Answer.Shown;
import dev.banking.loadtests.history.Answer.Unknown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A random history that one correct account can have produced: each command takes effect at one
 * moment, its request begins before and ends after it, many overlap, some are retried with a key,
 * and some answers are lost.
 */
final class SoundHistory {

  private static final long STEP = 100;
  private static final long LONGEST = 2_000;

  private final RandomGenerator random;
  private final long userId;
  private final List<Operation> operations = new ArrayList<>();
  private final List<LedgerRow> rows = new ArrayList<>();
  private long now = 10 * LONGEST;
  private int requests;

  SoundHistory(RandomGenerator random, long userId, int commands) {
    this.random = random;
    this.userId = userId;
    for (var i = 0; i < commands; i++) {
      now += 1 + random.nextLong(STEP);
      step(i);
    }
    Collections.shuffle(operations, new java.util.Random(random.nextLong()));
  }

  List<Operation> operations() {
    return operations;
  }

  List<LedgerRow> rows() {
    return rows;
  }

  private void step(int number) {
    switch (random.nextInt(6)) {
      case 0, 1 -> add(Operation.read(nextId(), userId, start(), end(), shown()));
      case 2, 3 -> change(null);
      case 4 -> change("key-" + number);
      default -> withdrawn();
    }
  }

  /** Takes effect now, in the first attempt; the others come later and hear the same. */
  private void change(@Nullable String key) {
    var cents = random.nextBoolean() ? 1 + random.nextLong(50) : -1 - random.nextLong(100);
    var id = nextId();
    var answer = execute(id, cents);
    var told = random.nextInt(10) > 0 ? answer : lost();
    var decidedAt = now;
    add(Operation.keyed(id, userId, cents, key, start(), end(), told));
    if (key != null) {
      if (random.nextInt(4) == 0) {
        // Before it, unexecuted.
        var refused = new NotApplied("overloaded");
        add(Operation.keyed(nextId(), userId, cents, key, start() - LONGEST, decidedAt, refused));
      }
      for (var retry = random.nextInt(3); retry > 0; retry--) {
        var start = decidedAt + random.nextLong(LONGEST);
        add(Operation.keyed(nextId(), userId, cents, key, start, start + STEP, answer));
      }
    }
  }

  private Answer execute(String id, long cents) {
    var balance = balance() + cents;
    if (balance < 0) {
      return new Refused(Refused.INSUFFICIENT_FUNDS);
    }
    rows.add(new LedgerRow(userId, rows.size() + 1L, cents, balance, id));
    return new Applied(rows.size(), balance);
  }

  private void withdrawn() {
    var answer = random.nextBoolean() ? new NotApplied("unavailable") : lost();
    add(Operation.change(nextId(), userId, 5, start(), end(), answer));
  }

  private Answer lost() {
    return random.nextBoolean() ? new Unknown() : new Missing("cut");
  }

  private Shown shown() {
    return new Shown(rows.size(), balance());
  }

  private long balance() {
    return rows.isEmpty() ? 0 : rows.getLast().balanceCents();
  }

  private long start() {
    return now - random.nextLong(LONGEST);
  }

  private long end() {
    return now + random.nextLong(LONGEST);
  }

  private String nextId() {
    return "u" + userId + "-r" + requests++;
  }

  private void add(Operation operation) {
    operations.add(operation);
  }
}
