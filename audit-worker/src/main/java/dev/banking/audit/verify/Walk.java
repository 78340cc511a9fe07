package dev.banking.audit.verify;

import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.seal.Cut;
import dev.banking.audit.seal.Frontier;
import dev.banking.audit.seal.Tree;
import dev.banking.audit.seal.TrustedKeys;
import dev.banking.audit.stored.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes along the chain, entry by entry, with the checkpoints in between. After a fault it goes on
 * from what is stored, so that one change is one finding and not one for every entry after it.
 *
 * <p>The other verifier goes the same way, step by step: what is changed here changes there.
 */
final class Walk {

  private final TrustedKeys keys;
  private final Findings findings;
  private Frontier tree = new Frontier();

  private long entries;
  private long checkpoints;
  private long last;
  private byte[] lastHash =
      Tree.sha256().digest("dev.banking/audit-log".getBytes(StandardCharsets.US_ASCII));

  /** Whether the tree is the one that was signed; not after a leaf is known to be missing. */
  private boolean treeIsWhole = true;

  private long lastNumber;
  private long lastCut;
  private @Nullable Cut begin;
  private long lastSigned;

  Walk(TrustedKeys keys, Findings findings) {
    this.keys = keys;
    this.findings = findings;
  }

  /** In the order of numbers, before all else: the book begins after the last good one. */
  void cut(Cut cut) {
    if (cut.number() > lastCut + 1) {
      findings.add(Kind.CUT_MISSING, cuts(lastCut + 1, cut.number() - 1), "");
    }
    lastCut = Math.max(lastCut, cut.number());
    var place = cuts(cut.number(), cut.number());
    switch (keys.judge(cut)) {
      case OTHER_KEY -> findings.add(Kind.SIGNATURE_WRONG, place, "by another key than ours");
      case BAD -> findings.add(Kind.CUT_DIFFERS, place, "it was changed after it was signed");
      case GOOD -> {
        if (cut.position() > last) {
          begin = cut;
          last = cut.position();
          lastHash = cut.hash();
          tree = Frontier.of(cut.position(), cut.frontier());
        }
      }
    }
  }

  /** After which the book begins; null when it begins with its first entry. */
  @Nullable Cut begin() {
    return begin;
  }

  void entry(StoredEntry entry) {
    entries++;
    var position = entry.position();
    if (position > last + 1) {
      findings.add(Kind.ENTRY_MISSING, positions(last + 1, position - 1), "");
      treeIsWhole = false;
    } else if (!Arrays.equals(entry.previousHash(), lastHash)) {
      findings.add(Kind.LINK_BROKEN, positions(position, position), "");
    }
    if (!entry.isIntact()) {
      findings.add(Kind.CONTENT_DIFFERS, positions(position, position), "");
    }
    tree.append(entry.hash());
    last = position;
    lastHash = entry.hash();
  }

  /** In the order of positions, each after the entry at its own. */
  void checkpoint(Checkpoint checkpoint) {
    checkpoints++;
    if (checkpoint.number() > lastNumber + 1) {
      findings.add(
          Kind.CHECKPOINT_MISSING, checkpoints(lastNumber + 1, checkpoint.number() - 1), "");
    }
    lastNumber = Math.max(lastNumber, checkpoint.number());
    var place = checkpoints(checkpoint.number(), checkpoint.number());
    var fault = fault(checkpoint);
    switch (keys.judge(checkpoint)) {
      case OTHER_KEY -> findings.add(Kind.SIGNATURE_WRONG, place, "by another key than ours");
      case BAD -> {
        // Who signs again with a key of their own makes it fit the book; who only writes does not.
        var fits = checkpoint.position() == last && fault == null;
        findings.add(
            fits ? Kind.SIGNATURE_WRONG : Kind.CHECKPOINT_DIFFERS,
            place,
            fits ? "not by the key that it names" : "it was changed after it was signed");
      }
      case GOOD -> {
        lastSigned = Math.max(lastSigned, checkpoint.position());
        if (fault != null) {
          treeIsWhole = false;
          findings.add(Kind.CHECKPOINT_DIFFERS, place, fault);
        }
      }
    }
  }

  /** How the book is not as the checkpoint says; null when it is, or cannot be told. */
  private @Nullable String fault(Checkpoint checkpoint) {
    if (checkpoint.position() != last) {
      return null;
    }
    if (!Arrays.equals(checkpoint.hash(), lastHash)) {
      return "the book at position %d is not the one that was signed".formatted(last);
    }
    if (treeIsWhole && !Arrays.equals(checkpoint.root(), tree.root())) {
      return "an entry before position %d is not the one that was signed".formatted(last);
    }
    return null;
  }

  /** When all entries and checkpoints were seen. */
  void end(long headPosition, byte[] headHash) {
    var mustReach = Math.max(headPosition, lastSigned);
    if (last < mustReach) {
      findings.add(
          Kind.TAIL_CUT,
          positions(last + 1, mustReach),
          headPosition < lastSigned ? "the head was put back" : "");
    } else if (last > headPosition || !Arrays.equals(lastHash, headHash)) {
      findings.add(Kind.HEAD_DIFFERS, positions(last, last), "");
    }
  }

  long entries() {
    return entries;
  }

  long checkpoints() {
    return checkpoints;
  }

  long last() {
    return last;
  }

  static String positions(long from, long to) {
    return from == to ? "position " + from : "positions " + from + " to " + to;
  }

  private static String cuts(long from, long to) {
    return from == to ? "cut " + from : "cuts " + from + " to " + to;
  }

  static String checkpoints(long from, long to) {
    return from == to ? "checkpoint " + from : "checkpoints " + from + " to " + to;
  }
}
