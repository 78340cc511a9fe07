package dev.banking.audit.verify;

import dev.banking.audit.seal.Tree;
import dev.banking.audit.stored.LedgerEntry;
import dev.banking.audit.stored.StoredEntry;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares two unordered sets of changes in fixed memory: each change is hashed with a key that
 * nobody knows beforehand, and the hashes of a user's bucket are added up. Equal sums mean equal
 * sets. Where sums differ, the database is asked for the places.
 */
final class Ledgers {

  /** Users are spread over them by the rest of their id. */
  static final int BUCKETS = 4_096;

  private final MessageDigest digest = Tree.sha256();
  private final byte[] key = new byte[32];
  private final long[] book = new long[2 * BUCKETS];
  private final long[] ledger = new long[2 * BUCKETS];

  Ledgers() {
    new SecureRandom().nextBytes(key);
  }

  void inBook(StoredEntry entry) {
    add(book, entry.userId(), entry::hashChange);
  }

  void inLedger(LedgerEntry entry) {
    add(ledger, entry.userId(), entry::hashChange);
  }

  private void add(long[] sums, long userId, Consumer<MessageDigest> change) {
    digest.update(key);
    change.accept(digest);
    var hash = digest.digest();
    var bucket = 2 * (int) Math.floorMod(userId, (long) BUCKETS);
    sums[bucket] += word(hash, 0);
    sums[bucket + 1] += word(hash, 8);
  }

  private static long word(byte[] bytes, int from) {
    var word = 0L;
    for (var i = from; i < from + Long.BYTES; i++) {
      word = (word << 8) | (bytes[i] & 0xff);
    }
    return word;
  }

  /** The buckets in which book and ledger do not say the same. */
  List<Integer> different() {
    var different = new ArrayList<Integer>();
    for (var i = 0; i < BUCKETS; i++) {
      if (book[2 * i] != ledger[2 * i] || book[2 * i + 1] != ledger[2 * i + 1]) {
        different.add(i);
      }
    }
    return different;
  }
}
