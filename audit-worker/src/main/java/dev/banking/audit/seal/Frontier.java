package dev.banking.audit.seal;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a growing tree: one peak for each bit of its size. Appending costs two hashes
 * on average, and nothing before the edge is read again.
 */
public final class Frontier {

  /** Entries in one block; the roots of blocks are kept, see {@link ProofTree}. */
  public static final int BLOCK = 256;

  private static final int BLOCK_LEVEL = 8;
  private static final int LEVELS = 63;

  private final Tree tree = new Tree();
  private final byte[] @Nullable [] peaks = new byte[LEVELS][];
  private long size;

  /**
   * The edge that was written as {@code bytes}.
   *
   * @throws IllegalArgumentException when they are not that of a tree of this size
   */
  public static Frontier of(long size, byte[] bytes) {
    if (size < 0 || bytes.length != Long.bitCount(size) * Tree.HASH_BYTES) {
      throw new IllegalArgumentException("not the frontier of " + size + " entries");
    }
    var frontier = new Frontier();
    frontier.size = size;
    var from = 0;
    for (var level = LEVELS - 1; level >= 0; level--) {
      if (((size >>> level) & 1) == 1) {
        frontier.peaks[level] = Arrays.copyOfRange(bytes, from, from + Tree.HASH_BYTES);
        from += Tree.HASH_BYTES;
      }
    }
    return frontier;
  }

  /**
   * Appends an entry.
   *
   * @return the root of the block that it completes; null when it completes none
   */
  public byte @Nullable [] append(byte[] entryHash) {
    byte[] block = null;
    var node = tree.leaf(entryHash);
    var level = 0;
    while (((size >>> level) & 1) == 1) {
      node = tree.node(peak(level), node);
      level++;
      if (level == BLOCK_LEVEL) {
        block = node;
      }
    }
    peaks[level] = node;
    size++;
    return block;
  }

  public long size() {
    return size;
  }

  /** The root of the whole tree. */
  public byte[] root() {
    byte[] root = null;
    for (var level = 0; level < LEVELS; level++) {
      if (((size >>> level) & 1) == 1) {
        root = root == null ? peak(level) : tree.node(peak(level), root);
      }
    }
    return root == null ? tree.nothing() : root.clone();
  }

  /** The peaks, that of the most entries first. */
  public byte[] toBytes() {
    var out = new ByteArrayOutputStream();
    for (var level = LEVELS - 1; level >= 0; level--) {
      if (((size >>> level) & 1) == 1) {
        out.writeBytes(peak(level));
      }
    }
    return out.toByteArray();
  }

  private byte[] peak(int level) {
    return Objects.requireNonNull(peaks[level]);
  }
}
