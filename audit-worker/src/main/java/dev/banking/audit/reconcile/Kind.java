package dev.banking.audit.reconcile;

import java.util.Locale;

/** The ways in which two books can disagree. Lower case, it is what queries and metrics say. */
enum Kind {
  ACCOUNT_NOT_SUM("the account's balance is not the sum of its ledger entries"),
  ACCOUNT_NOT_LAST("the account's balance is not that of its last ledger entry"),
  ACCOUNT_SEQUENCE("the account's sequence is not the number of its ledger entries"),
  ACCOUNT_MISSING("ledger entries of a user without an account"),
  LEDGER_BALANCE("the entry's balance is not the one before plus its amount"),
  LEDGER_SEQUENCE("the entry does not follow the one before: a gap"),
  OUTBOX_PARKED("the broker refused the event too often: it waits for a person"),
  OUTBOX_WITHOUT_LEDGER("the event tells of a change that is not in the ledger"),
  AUDIT_MISSING("the ledger entry is not in the audit book, and not on its way there"),
  AUDIT_REMOVED("the audit book had the ledger entry once, and has it no more"),
  AUDIT_DIFFERS("ledger and audit book tell a change differently"),
  AUDIT_TWICE("the audit book has one event more than once"),
  AUDIT_WITHOUT_LEDGER("the audit book tells of a change that is not in the ledger"),
  CREATION_MISSING("the account's creation is not in the audit book, and not on its way there"),
  NOTIFICATION_MISSING("nobody was told of the ledger entry, and it is not on its way"),
  NOTIFICATION_DIFFERS("ledger and notification number a change differently"),
  NOTIFICATION_WITHOUT_LEDGER("somebody was told of a change that is not in the ledger");

  private final String meaning;

  Kind(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  /** Whether a message that is on its way explains it: then it is looked for again. */
  boolean mayBeOnItsWay() {
    return this == AUDIT_MISSING || this == CREATION_MISSING || this == NOTIFICATION_MISSING;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Kind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
