package dev.banking.loadtests;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Checks after a headline that the API, the ledger, the outbox, the audit book and the
 * notifications tell the same story. Waits for the workers first: they may be behind, not wrong.
 */
final class BooksCheck {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** Nothing moved for so long: what is missing will not come. */
  private static final Duration STALLED = Duration.ofSeconds(30);

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final RunningSystem system;
  private final Consumer<String> progress;

  BooksCheck(RunningSystem system, Consumer<String> progress) {
    this.system = system;
    this.progress = progress;
  }

  /** How far the events of a run have come. */
  private record Progress(long outbox, long audit, long notifications) {

    boolean isComplete() {
      return outbox == 0 && audit >= Headline.REQUESTS && notifications >= Headline.APPLIED;
    }

    @Override
    public String toString() {
      return "  on their way: outbox %d; arrived: audit %d of %d, notifications %d of %d"
          .formatted(outbox, audit, Headline.REQUESTS, notifications, Headline.APPLIED);
    }
  }

  /** The verdict on one run; changes nothing. */
  Verdict check(Answers answers) throws IOException, InterruptedException {
    var books = new Books(system, answers.headline());
    var verdict = new Verdict();
    try {
      awaitWorkers(books);
      checkAnswers(answers, verdict);
      checkBalance(answers, books, verdict);
      checkLedger(answers, books, verdict);
      checkEvents(books, verdict);
    } catch (SQLException e) {
      throw new LoadTestException("the books cannot be read: " + e.getMessage(), e);
    }
    return verdict;
  }

  private void awaitWorkers(Books books) throws SQLException, InterruptedException {
    var started = System.nanoTime();
    var lastChange = started;
    var last = look(books);
    while (!last.isComplete() && since(started) < LIMIT.toNanos()) {
      if (since(lastChange) > STALLED.toNanos()) {
        progress.accept("  nothing has moved for " + STALLED.toSeconds() + " s: no longer waiting");
        return;
      }
      progress.accept(last.toString());
      Thread.sleep(LOOK_AGAIN);
      var now = look(books);
      if (!now.equals(last)) {
        lastChange = System.nanoTime();
      }
      last = now;
    }
  }

  private static Progress look(Books books) throws SQLException {
    return new Progress(
        books.waitingInOutbox(), books.audit().rows(), books.notifications().rows());
  }

  private static long since(long nanoTime) {
    return System.nanoTime() - nanoTime;
  }

  private static void checkAnswers(Answers answers, Verdict verdict) {
    verdict
        .expect("requests answered with 200", Headline.APPLIED, answers.applied())
        .expect("requests refused, Insufficient funds", Headline.REFUSED, answers.refused())
        .expect("requests with any other answer", 0, answers.other());
  }

  private void checkBalance(Answers answers, Books books, Verdict verdict)
      throws SQLException, IOException, InterruptedException {
    var api = new Api(system);
    var userId = answers.headline().userId();
    var account = books.account();
    verdict
        .expect("balance by GET", "0", plain(api.user(userId).balance()))
        .expect("balance by GET, past the cache", "0", plain(api.userPastCache(userId).balance()))
        .expect("balance by SQL", "0", plain(account.balance()))
        .expect(
            "sequence of the user",
            answers.sequenceBefore() + Headline.APPLIED,
            account.sequence());
  }

  private static void checkLedger(Answers answers, Books books, Verdict verdict)
      throws SQLException {
    var account = books.account();
    var run = books.runLedger();
    var ledger = books.ledger();
    var withdrawn = Headline.AMOUNT.multiply(BigDecimal.valueOf(Headline.APPLIED));
    var last = answers.sequenceBefore() + Headline.APPLIED;
    verdict
        .expect("ledger entries of this run", Headline.APPLIED, run.entries())
        .expect("sum of their amounts", plain(withdrawn), plain(run.sum()))
        .expect("ledger entries of the user, ever", last, ledger.entries())
        .expect("their sequences, without a gap", "1 to " + last, span(ledger))
        .expect("entries whose balance is not the sum so far", 0, ledger.wrongBalances())
        .expect("sum of the ledger is the balance", plain(account.balance()), plain(ledger.sum()));
  }

  private static void checkEvents(Books books, Verdict verdict) throws SQLException {
    var audit = books.audit();
    var told = books.notifications();
    verdict
        .expect("events left in the outbox", 0, books.waitingInOutbox())
        .expect("audit rows, applied", Headline.APPLIED, audit.applied())
        .expect("audit rows, refused", Headline.REFUSED, audit.refused())
        .expect("different events among them", Headline.REQUESTS, audit.events())
        .expect("notifications", Headline.APPLIED, told.rows())
        .expect("different events among them", Headline.APPLIED, told.events())
        .expect("ledger entries that they tell of", Headline.APPLIED, told.ledgerEntries());
  }

  private static String span(Books.Ledger ledger) {
    return ledger.first() + " to " + ledger.last();
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }
}
