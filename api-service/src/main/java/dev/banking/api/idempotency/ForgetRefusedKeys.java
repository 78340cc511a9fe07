package dev.banking.api.idempotency;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes refused outcomes after the retention, a bounded number at a time. */
@Component
class ForgetRefusedKeys {

  private static final Logger log = LoggerFactory.getLogger(ForgetRefusedKeys.class);
  private static final int AT_ONCE = 1_000;

  private final IdempotencyKeys keys;
  private final IdempotencyProperties properties;
  private final TransactionTemplate transactions;
  private final Clock clock;

  ForgetRefusedKeys(
      IdempotencyKeys keys,
      IdempotencyProperties properties,
      TransactionTemplate transactions,
      Clock clock) {
    this.keys = keys;
    this.properties = properties;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Scheduled(
      fixedDelayString = "${banking.idempotency.purge-interval:1h}",
      initialDelayString = "${banking.idempotency.purge-interval:1h}")
  void run() {
    try {
      while (forgetSome() == AT_ONCE) {
        // There may be more.
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn("Expired idempotency keys stay for another {}", properties.purgeInterval(), e);
    }
  }

  private int forgetSome() {
    Integer forgotten =
        transactions.execute(
            _ -> keys.forgetRefused(clock.instant(), properties.retention(), AT_ONCE));
    return forgotten == null ? 0 : forgotten;
  }
}
