package dev.banking.audit.security;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code audit.access_log}: who read what, append-only. */
@Component
class AccessLog {

  private static final int LONGEST = 2_000;

  private final JdbcClient jdbc;

  AccessLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A reading that is about to be answered. */
  record Reading(String actor, String address, String path, String query, String requestId) {}

  /**
   * Writes it down; committed when this returns.
   *
   * @throws org.springframework.dao.DataAccessException when it is not: do not answer
   */
  void record(Reading reading) {
    jdbc.sql(
            """
            INSERT INTO audit.access_log (actor, address, path, query, request_id)
            VALUES (?, ?, ?, ?, ?)
            """)
        .param(cut(reading.actor()))
        .param(cut(reading.address()))
        .param(cut(reading.path()))
        .param(cut(reading.query()))
        .param(cut(reading.requestId()))
        .update();
  }

  private static String cut(String text) {
    var printable = text.replace('\0', ' ');
    return printable.length() > LONGEST ? printable.substring(0, LONGEST) : printable;
  }
}
