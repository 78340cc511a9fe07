package dev.banking.audit.seal;

import java.util.Arrays;
import java.util.List;

/** Checks the proof that an entry is in a tree: RFC 9162, section 2.1.3.2. */
public final class Inclusion {

  private Inclusion() {}

  /** Whether the path leads from the entry at this position to the root. */
  public static boolean leadsTo(
      byte[] root, long size, long position, byte[] entryHash, List<byte[]> path) {
    if (position < 1 || position > size) {
      return false;
    }
    var tree = new Tree();
    var index = position - 1;
    var last = size - 1;
    var node = tree.leaf(entryHash);
    for (var sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((index & 1) == 1 || index == last) {
        node = tree.node(sibling, node);
        while ((index & 1) == 0 && index != 0) {
          index >>= 1;
          last >>= 1;
        }
      } else {
        node = tree.node(node, sibling);
      }
      index >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(node, root);
  }
}
