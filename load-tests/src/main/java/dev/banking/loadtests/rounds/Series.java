package dev.banking.loadtests.rounds;

import dev.banking.loadtests.lab.Part;

/** What alternates, in the order of a round. */
public enum Series {
  CEILING(Part.CEILING, "PUT refused for its input, 200 connections"),
  HOT_1(Part.HOT, "PUT one user, 1 connection"),
  HOT_100(Part.HOT, "PUT one user, 100 connections"),
  HOT_200(Part.HOT, "PUT one user, 200 connections"),
  PLAIN_HOT_200(Part.GUARDED, "PUT one user at another API, 200 connections"),
  GUARDED_HOT_200(Part.GUARDED, "the same with tokens, limits and traces"),
  HOT_1000(Part.HOT, "PUT one user, 1,000 connections"),
  REFUSED_200(Part.REFUSED, "PUT one drained user, 200 connections"),
  USERS_200(Part.USERS, "PUT 10,000 users, 200 connections"),
  MIXED_200(Part.MIXED, "80 % GET, 10,000 users, 200 connections"),
  GET_CACHED(Part.GET, "GET cached, 200 connections"),
  GET_UNCACHED(Part.GET, "GET past the cache, 200 connections"),
  OFF_HOT_200(Part.RELAYOFF, "relay off: PUT one user, 200 connections"),
  OFF_USERS_200(Part.RELAYOFF, "relay off: PUT 10,000 users, 200 connections"),
  PGBENCH_ROW_1(Part.PGBENCH, "pgbench: one row, 1 client"),
  PGBENCH_ROW_64(Part.PGBENCH, "pgbench: one row, 64 clients"),
  PGBENCH_ROWS_64(Part.PGBENCH, "pgbench: 10,000 rows, 64 clients"),
  TEXTBOOK_1(Part.TEXTBOOK, "textbook: one user, 1 connection"),
  TEXTBOOK_200(Part.TEXTBOOK, "textbook: one user, 200 connections");

  private final Part part;
  private final String title;

  Series(Part part, String title) {
    this.part = part;
    this.title = title;
  }

  public Part part() {
    return part;
  }

  public String title() {
    return title;
  }
}
