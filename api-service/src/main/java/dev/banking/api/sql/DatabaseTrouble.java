package dev.banking.api.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.hibernate.TransactionException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells a database that is away, starting, stopping, full or slow from a defect of ours.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error
 *     codes</a>
 */
public final class DatabaseTrouble {

  private DatabaseTrouble() {}

  /**
   * Whether the same work may well succeed later. Hibernate's {@code TransactionException} counts:
   * a rollback only fails on a dead connection, and its failure hides the one before it.
   */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotCreateTransactionException
          || cause instanceof SQLTransientConnectionException
          || cause instanceof TransactionException
          || (cause instanceof SQLException sql && isTrouble(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrouble(@Nullable String state) {
    if (state == null || state.length() != 5) {
      return false;
    }
    return switch (state.substring(0, 2)) {
      case "08", "53", "57", "58" -> true; // connection; resources; operator; system
      case "25" -> state.equals("25006"); // a standby, for as long as a failover takes
      default -> false;
    };
  }
}
