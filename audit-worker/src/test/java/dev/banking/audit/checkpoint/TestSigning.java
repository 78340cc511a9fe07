package dev.banking.audit.checkpoint;

import dev.banking.audit.seal.SigningKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Checkpoints without the worker around them. */
public final class TestSigning {

  private final CheckpointTable table;
  private final SignHead signHead;
  private final SigningKey key;

  public TestSigning(
      DataSource source, PlatformTransactionManager transactions, Clock clock, SigningKey key) {
    this.table = new CheckpointTable(JdbcClient.create(source));
    var metrics = new CheckpointMetrics(new SimpleMeterRegistry());
    this.signHead = new SignHead(table, metrics, clock, transactions);
    this.key = key;
  }

  public void sign() {
    signHead.run(key, table.last().orElse(null));
  }
}
