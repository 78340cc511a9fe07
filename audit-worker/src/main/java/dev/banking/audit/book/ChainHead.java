package dev.banking.audit.book;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The row {@code audit.chain_head}: where the chain ends, and the lock of those who extend it. */
@Component
class ChainHead {

  private final JdbcClient jdbc;

  ChainHead(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The last link.
   *
   * @param position of the last entry; 0 in an empty book
   * @param hash of the last entry
   * @param recordedAt of the last entry
   */
  record End(long position, Hash hash, Instant recordedAt) {

    static End of(ResultSet row, int number) throws SQLException {
      return new End(
          row.getLong("position"),
          Hash.of(row.getBytes("hash")),
          row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
  }

  /** Waits for its turn; holds it until the transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public End lock() {
    return jdbc.sql("SELECT position, hash, recorded_at FROM audit.chain_head FOR UPDATE")
        .query(End::of)
        .single();
  }

  /** Without a lock, as the transaction's snapshot shows it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public End read() {
    return jdbc.sql("SELECT position, hash, recorded_at FROM audit.chain_head")
        .query(End::of)
        .single();
  }

  /** What the first entry that is still there is chained to. */
  @Transactional(propagation = Propagation.MANDATORY)
  public End begin() {
    return jdbc.sql(
            "SELECT position, hash, before AS recorded_at FROM audit.cut ORDER BY number DESC LIMIT 1")
        .query(End::of)
        .optional()
        .orElse(new End(0, Hash.GENESIS, Instant.EPOCH));
  }

  /** The chain now ends with {@code last}. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void moveTo(Link last) {
    jdbc.sql("UPDATE audit.chain_head SET position = ?, hash = ?, recorded_at = ?")
        .param(last.entry().position())
        .param(last.hash().toBytes())
        .param(last.entry().recordedAt().atOffset(ZoneOffset.UTC))
        .update();
  }
}
