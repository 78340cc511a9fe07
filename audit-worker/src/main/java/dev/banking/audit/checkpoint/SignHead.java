package dev.banking.audit.checkpoint;

import dev.banking.audit.checkpoint.CheckpointTable.Row;
import dev.banking.audit.seal.CanonicalBytes;
import dev.banking.audit.seal.Frontier;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.seal.TrustedKeys.Judgement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Extends the tree by what is new, and signs it with the head. */
@Component
class SignHead {

  private static final Logger LOG = LoggerFactory.getLogger(SignHead.class);

  /** Hashes in one statement, which is short however long the book is. */
  private static final int CHUNK = 10_000;

  private final CheckpointTable table;
  private final CheckpointMetrics metrics;
  private final Clock clock;
  private final TransactionTemplate transaction;

  SignHead(
      CheckpointTable table,
      CheckpointMetrics metrics,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.table = table;
    this.metrics = metrics;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Signs the head that is there now, after the last checkpoint.
   *
   * @return the checkpoint, committed; empty when another worker was faster, or the book has a gap
   */
  Optional<Row> run(SigningKey key, @Nullable Row last) {
    var head = table.head();
    if (head.position() == 0 || (last != null && head.position() <= last.checkpoint().position())) {
      return Optional.empty();
    }
    var frontier = start(key, last);
    var firstBlock = frontier.size() / Frontier.BLOCK;
    var blocks = new ArrayList<byte[]>();
    if (!extend(frontier, head.position(), blocks)) {
      return Optional.empty();
    }
    var createdAt = CanonicalBytes.timeText(clock.instant());
    if (last != null && createdAt.compareTo(last.checkpoint().createdAt()) < 0) {
      createdAt = last.checkpoint().createdAt();
    }
    var number = last == null ? 1 : last.checkpoint().number() + 1;
    var signed = key.sign(number, head.position(), head.hash(), frontier.root(), createdAt);
    var row = new Row(signed, frontier.toBytes());
    var isOurs = transaction.execute(_ -> table.append(row, firstBlock, blocks));
    return isOurs ? Optional.of(row) : Optional.empty();
  }

  /** The tree of the last checkpoint if it is to be trusted, else a new one. */
  private Frontier start(SigningKey key, @Nullable Row last) {
    if (last == null) {
      return table.dropped();
    }
    var signed = last.checkpoint();
    if (key.trusted().judge(signed) == Judgement.BAD) {
      complain("Checkpoint {} was changed: its signature is not over its values", signed.number());
      return table.dropped();
    }
    if (!Arrays.equals(signed.hash(), table.hashAt(signed.position()))) {
      complain("The book at position {} is not the one that was signed", signed.position());
      return table.dropped();
    }
    try {
      var frontier = Frontier.of(signed.position(), last.frontier());
      if (Arrays.equals(frontier.root(), signed.root())) {
        return frontier;
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("No frontier", e);
    }
    complain("The frontier of checkpoint {} is not the one of its root", signed.number());
    return table.dropped();
  }

  private boolean extend(Frontier frontier, long upTo, List<byte[]> blocks) {
    while (frontier.size() < upTo) {
      var to = Math.min(upTo, frontier.size() + CHUNK);
      var hashes = table.hashes(frontier.size(), to);
      if (hashes.size() != to - frontier.size()) {
        complain("An entry between position {} and the head is missing", frontier.size());
        return false;
      }
      for (var hash : hashes) {
        var block = frontier.append(hash);
        if (block != null) {
          blocks.add(block);
        }
      }
    }
    return true;
  }

  private void complain(String what, long where) {
    metrics.failed();
    LOG.error(what + ". make audit-verify names the places.", where);
  }
}
