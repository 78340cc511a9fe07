package dev.banking.audit.retention;

import dev.banking.audit.seal.Frontier;
import dev.banking.audit.seal.Tree;
import dev.banking.audit.stored.StoredEntry;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.List;

/** What a cut says of the entries that go with it, gathered as they pass by. */
final class Stretch {

  private final Frontier tree;
  private final MessageDigest events = Tree.sha256();
  private final ByteArrayOutputStream edge = new ByteArrayOutputStream();

  /**
   * Begins.
   *
   * @param tree of the entries before it
   * @param edge the hashes of those in the tree's last block that is not complete
   */
  Stretch(Frontier tree, List<byte[]> edge) {
    this.tree = tree;
    edge.forEach(this.edge::writeBytes);
  }

  void add(StoredEntry entry) {
    entry.hashEventId(events);
    edge.writeBytes(entry.hash());
    if (tree.append(entry.hash()) != null) {
      edge.reset();
    }
  }

  /** How many entries there are up to its end, from the first of the book. */
  long size() {
    return tree.size();
  }

  byte[] frontier() {
    return tree.toBytes();
  }

  /** Ends it. */
  byte[] events() {
    return events.digest();
  }

  byte[] edge() {
    return edge.toByteArray();
  }
}
