package dev.banking.audit.inbox;

import dev.banking.audit.book.Book;
import dev.banking.audit.book.Received;
import dev.banking.audit.book.Verdict;
import dev.banking.common.InvalidEventException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Writes a batch of messages into the book and says which of them are poison. */
@Component
class Recorder {

  private final MessageReader reader;
  private final Book book;
  private final InboxMetrics metrics;

  Recorder(MessageReader reader, Book book, InboxMetrics metrics) {
    this.reader = reader;
    this.book = book;
    this.metrics = metrics;
  }

  /**
   * All good messages are committed when this returns. Safe to repeat.
   *
   * @return the others, in their order
   * @throws RuntimeException when the database is away; some of the batch may be committed
   */
  List<Poison> record(List<Message> messages) {
    var poison = new ArrayList<Poison>();
    var known = new ArrayList<Known>(messages.size());
    for (var message : messages) {
      try {
        known.add(new Known(message, reader.read(message)));
      } catch (InvalidEventException e) {
        poison.add(new Poison(message, "no event: " + e.getMessage()));
      }
    }
    append(known, poison);
    return poison;
  }

  /** Halves a batch that the database refuses for its data until the culprit stands alone. */
  private void append(List<Known> batch, List<Poison> poison) {
    List<Verdict> verdicts;
    try {
      verdicts = book.append(batch.stream().map(Known::received).toList());
    } catch (DataAccessException e) {
      var state = dataError(e);
      if (state == null) {
        throw e;
      }
      if (batch.size() == 1) {
        poison.add(new Poison(batch.getFirst().message(), "refused by the database: " + state));
        return;
      }
      var half = batch.size() / 2;
      append(batch.subList(0, half), poison);
      append(batch.subList(half, batch.size()), poison);
      return;
    }
    for (var i = 0; i < verdicts.size(); i++) {
      var known = batch.get(i);
      switch (verdicts.get(i)) {
        case APPENDED -> metrics.appended(known.received().event().time());
        case DUPLICATE -> metrics.duplicate();
        case CONFLICT -> poison.add(new Poison(known.message(), "another event has the same id"));
      }
    }
  }

  /**
   * The SQLSTATE when the values themselves were refused: class 22, a null, or a check. Not a
   * unique violation: that would mean that the head is out of step with the book, which no message
   * is to blame for.
   */
  private static @Nullable String dataError(DataAccessException failure) {
    if (failure.getMostSpecificCause() instanceof SQLException sql) {
      var state = sql.getSQLState();
      var isData =
          state != null
              && (state.startsWith("22") || state.equals("23502") || state.equals("23514"));
      return isData ? state : null;
    }
    return null;
  }

  /** A message that is an event. */
  private record Known(Message message, Received received) {}
}
