package dev.banking.loadtests.bench;

import java.util.Locale;

/** What {@code ONLY=…} chooses from. */
enum Part {
  CEILING,
  HOT,
  REFUSED,
  USERS,
  MIXED,
  GET,
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
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return word();
  }
}
