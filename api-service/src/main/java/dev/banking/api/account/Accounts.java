package dev.banking.api.account;

import dev.banking.api.cache.CachedAccount;
import dev.banking.common.Money;
import jakarta.persistence.EntityManager;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code banking.account}. Rows are always touched in the order of their user ids. */
@Repository
public class Accounts {

  private static final String LOAD =
      "SELECT * FROM banking.account WHERE user_id = ANY (:ids) ORDER BY user_id";
  private static final String LOCK = LOAD + " FOR NO KEY UPDATE";

  private final EntityManager entities;
  private final JdbcClient jdbc;

  Accounts(EntityManager entities, JdbcClient jdbc) {
    this.entities = entities;
    this.jdbc = jdbc;
  }

  /**
   * Loads what is there, to be written back only if nobody else wrote meanwhile. By a query: find
   * answers null when the connection breaks in a transaction (HHH-12472), as if nobody was there.
   */
  Map<Long, Account> load(List<Long> userIds) {
    return byId(LOAD, userIds);
  }

  /** Loads and locks what is there: waits for whoever holds it, and then nobody else can write. */
  Map<Long, Account> lock(List<Long> userIds) {
    return byId(LOCK, userIds);
  }

  private Map<Long, Account> byId(String sql, List<Long> userIds) {
    @SuppressWarnings("unchecked") // a native query knows its entity at run time only
    List<Account> found =
        entities
            .createNativeQuery(sql, Account.class)
            .setParameter("ids", userIds.toArray(Long[]::new))
            .getResultList();
    var accounts = HashMap.<Long, Account>newHashMap(found.size());
    found.forEach(account -> accounts.put(account.userId(), account));
    return accounts;
  }

  /**
   * Writes every changed account: {@code UPDATE … WHERE version = ?}. The rows stay locked from
   * here to the end of the transaction.
   *
   * @throws org.springframework.dao.OptimisticLockingFailureException when somebody else wrote one
   *     of them meanwhile
   */
  void flush() {
    entities.flush();
  }

  /**
   * Writes a new account.
   *
   * @throws org.springframework.dao.DuplicateKeyException or its parent when the user id is taken
   */
  public void add(Account account) {
    entities.persist(account);
    entities.flush();
  }

  /** An id that nobody else will get; ids that are not used leave gaps, which mean nothing. */
  public long nextUserId() {
    return jdbc.sql("SELECT nextval('banking.user_id_seq')").query(Long.class).single();
  }

  /** Whether there are no users yet. */
  public boolean isEmpty() {
    return jdbc.sql("SELECT NOT EXISTS (SELECT 1 FROM banking.account)")
        .query(Boolean.class)
        .single();
  }

  /** Whether there is such a user. */
  public boolean exists(long userId) {
    return jdbc.sql("SELECT EXISTS (SELECT 1 FROM banking.account WHERE user_id = ?)")
        .param(userId)
        .query(Boolean.class)
        .single();
  }

  /** The account as committed now, for reading only. */
  public Optional<CachedAccount> read(long userId) {
    return read(jdbc, userId);
  }

  /** The same of another copy of the database. */
  public Optional<CachedAccount> read(JdbcClient database, long userId) {
    return database
        .sql(
            """
            SELECT balance, sequence, created_at, updated_at
            FROM banking.account
            WHERE user_id = ?
            """)
        .param(userId)
        .query((row, _) ->
            new CachedAccount(
                userId,
                Money.of(row.getBigDecimal("balance")),
                row.getLong("sequence"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant()))
        .optional();
  }
}
