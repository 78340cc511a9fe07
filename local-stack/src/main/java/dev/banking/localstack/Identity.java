package dev.banking.localstack;

import java.util.Locale;

/** One of the applications, as the database and the broker know it. */
public enum Identity {
  API,
  NOTIFICATION,
  AUDIT;

  /** Its role in the database. */
  public String databaseRole() {
    return "banking_" + word();
  }

  /** Its user at the broker. */
  public String brokerUser() {
    return "banking-" + word();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
