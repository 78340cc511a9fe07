package dev.banking.audit.seal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves that entries are in a tree of a given size: RFC 9162, section 2.1.3. Holds the roots of
 * the tree's blocks, 32 bytes for every 256 entries, and reads the entries of one block at a time.
 */
public final class ProofTree {

  private final Tree tree = new Tree();
  private final long size;
  private final Blocks blocks;

  /** By level, from blocks upwards; a node without a right sibling is not there. */
  private final List<List<byte[]>> levels = new ArrayList<>();

  private long blockNumber = -1;
  private List<byte[]> block = List.of();

  /**
   * The tree.
   *
   * @param blockRoots of all complete blocks, in their order
   * @param blocks reads the hashes of a block's entries, as far as they are in the tree
   */
  public ProofTree(long size, List<byte[]> blockRoots, Blocks blocks) {
    if (blockRoots.size() != size / Frontier.BLOCK) {
      throw new IllegalArgumentException("the roots of the tree's blocks are not complete");
    }
    this.size = size;
    this.blocks = blocks;
    for (var level = blockRoots; !level.isEmpty(); level = parents(level)) {
      levels.add(level);
    }
  }

  /** Where the entries of a block come from. */
  @FunctionalInterface
  public interface Blocks {
    /** The hashes of the entries after the first {@code after}, at most {@code count}. */
    List<byte[]> read(long after, int count);
  }

  private List<byte[]> parents(List<byte[]> level) {
    var parents = new ArrayList<byte[]>(level.size() / 2);
    for (var i = 0; i + 1 < level.size(); i += 2) {
      parents.add(tree.node(level.get(i), level.get(i + 1)));
    }
    return parents;
  }

  /** The path of the entry at a position, from its sibling up. */
  public List<byte[]> path(long position) {
    if (position < 1 || position > size) {
      throw new IllegalArgumentException("position " + position + " is not in the tree");
    }
    var path = new ArrayList<byte[]>();
    collect(position - 1, 0, size, path);
    return path;
  }

  private void collect(long leaf, long from, long to, List<byte[]> path) {
    if (to - from == 1) {
      return;
    }
    var middle = from + half(to - from);
    if (leaf < middle) {
      collect(leaf, from, middle, path);
      path.add(root(middle, to));
    } else {
      collect(leaf, middle, to, path);
      path.add(root(from, middle));
    }
  }

  private byte[] root(long from, long to) {
    var known = known(from, to - from);
    if (known != null) {
      return known;
    }
    if (to - from == 1) {
      return tree.leaf(entry(from));
    }
    var middle = from + half(to - from);
    return tree.node(root(from, middle), root(middle, to));
  }

  private byte @Nullable [] known(long from, long count) {
    if (count < Frontier.BLOCK || Long.bitCount(count) != 1) {
      return null;
    }
    var level = Long.numberOfTrailingZeros(count / Frontier.BLOCK);
    return levels.get(level).get((int) (from / count));
  }

  private byte[] entry(long leaf) {
    var number = leaf / Frontier.BLOCK;
    if (number != blockNumber) {
      var after = number * Frontier.BLOCK;
      block = blocks.read(after, (int) Math.min(Frontier.BLOCK, size - after));
      blockNumber = number;
    }
    var index = (int) (leaf % Frontier.BLOCK);
    if (index >= block.size()) {
      throw new IllegalStateException("entry " + (leaf + 1) + " is missing");
    }
    return block.get(index);
  }

  /** The largest power of two below {@code count}. */
  private static long half(long count) {
    return Long.highestOneBit(count - 1);
  }
}
