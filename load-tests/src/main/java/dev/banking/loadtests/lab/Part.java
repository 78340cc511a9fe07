package dev.banking.loadtests.lab;

import java.util.Locale;

/** What {@code ONLY=…} chooses from. */
public enum Part {
  CEILING,
  HOT,
  REFUSED,
  USERS,
  MIXED,
  GET,
  GUARDED,
  RELAYOFF,
  PGBENCH,
  TEXTBOOK,
  CURVE,
  BACKLOG,
  SUSTAINED,
  OPENLOOP,
  NEIGHBOUR,
  START;

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return word();
  }
}
