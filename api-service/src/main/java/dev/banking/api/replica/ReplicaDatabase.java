package dev.banking.api.replica;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The replica's pool and what it is asked. Every method throws what JDBC and Spring throw. */
final class ReplicaDatabase implements AutoCloseable {

  /** As many as read beside the lanes at a time, and one for the look at how far it is. */
  private static final int CONNECTIONS = 7;

  private static final long CONNECT_MILLIS = 250;

  private final HikariDataSource pool = new HikariDataSource();
  private final JdbcClient statements = JdbcClient.create(pool);
  private final TransactionTemplate transactions =
      new TransactionTemplate(new JdbcTransactionManager(pool));

  /** Connects when it is first asked. */
  ReplicaDatabase(String url, DataSourceProperties credentials) {
    pool.setPoolName("replica");
    pool.setJdbcUrl(url);
    pool.setUsername(credentials.getUsername());
    pool.setPassword(credentials.getPassword());
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(CONNECT_MILLIS);
    pool.setValidationTimeout(CONNECT_MILLIS);
    pool.setInitializationFailTimeout(-1);
  }

  /**
   * How far it has replayed the write-ahead log, in bytes; empty when it is no standby, or none any
   * more: the primary answers, whoever that is now.
   */
  Optional<Long> place() {
    return statements
        .sql(
            """
            SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint
            WHERE pg_is_in_recovery() AND pg_last_wal_replay_lsn() IS NOT NULL
            """)
        .query(Long.class)
        .optional();
  }

  /** Asks on one connection, if that has come to the place: its server may have just restarted. */
  <T> Optional<T> ask(long place, Function<JdbcClient, Optional<T>> question) {
    Optional<T> answer =
        transactions.execute(_ -> hasCome(place) ? question.apply(statements) : Optional.empty());
    return answer == null ? Optional.empty() : answer;
  }

  private boolean hasCome(long place) {
    return statements
        .sql("SELECT coalesce((pg_last_wal_replay_lsn() - '0/0')::bigint >= ?, false)")
        .param(place)
        .query(Boolean.class)
        .single();
  }

  @Override
  public void close() {
    pool.close();
  }
}
