package dev.banking.loadtests.model;

/**
 * How many of each part a load of changes needs, spread over many users. Prices are those of the
 * measured run; what was only assumed is named so in {@code measured.properties}.
 *
 * @param apiMillis processor time of the API for a change and its event
 * @param postgresMillis processor time of PostgreSQL for a change, its user's row and its event
 * @param walBytes written for a change
 * @param use how much of a part may be used
 */
record Sizing(
    double apiMillis,
    double postgresMillis,
    double walBytes,
    double use,
    double brokerPerSecond,
    double chainPerSecond,
    double redisPerSecond) {

  static final int API_PROCESSORS = 4;
  static final int POSTGRES_PROCESSORS = 16;

  static Sizing of(Measured measured, Costs costs) {
    var event = eventMillis(measured);
    return new Sizing(
        measured.needed("one-user.200.api-cpu-ms")
            + event * measured.needed("assumed.event-share-api"),
        measured.needed("one-user.200.postgres-cpu-ms")
            + event * measured.needed("assumed.event-share-postgres")
            + costs.otherUser(),
        measured.needed("one-user.200.wal-bytes"),
        measured.needed("assumed.use"),
        measured.needed("broker.per-second"),
        measured.needed("audit-chain.per-second"),
        measured.needed("assumed.redis-per-second"));
  }

  /** At most: while what was left drained, no processor did anything else. */
  static double eventMillis(Measured measured) {
    return measured.needed("processors")
        * measured.needed("one-user.200.drained-s")
        * 1_000
        / measured.needed("one-user.200.outbox-left");
  }

  /** Instances of the API. */
  int apis(double perSecond) {
    return number(perSecond * apiMillis / 1_000, API_PROCESSORS);
  }

  /** Servers of PostgreSQL; more than one: one database, distributed by user. */
  int databases(double perSecond) {
    return number(perSecond * postgresMillis / 1_000, POSTGRES_PROCESSORS);
  }

  double walMebibytes(double perSecond) {
    return perSecond * walBytes / (1 << 20);
  }

  /** Partitions of each queue, on as many brokers as carry them. */
  int partitions(double perSecond) {
    return number(perSecond, brokerPerSecond);
  }

  /** Chains of the audit book. */
  int chains(double perSecond) {
    return number(perSecond, chainPerSecond);
  }

  /** Masters of Redis. */
  int caches(double perSecond) {
    return number(perSecond, redisPerSecond);
  }

  private int number(double demand, double capacity) {
    return (int) Math.ceil(demand / (capacity * use) - 1e-9);
  }
}
