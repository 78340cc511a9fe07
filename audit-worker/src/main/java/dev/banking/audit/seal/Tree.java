package dev.banking.audit.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of a Merkle tree, as RFC 9162, section 2.1.1, defines them. */
public final class Tree {

  /** Of a SHA-256 hash. */
  public static final int HASH_BYTES = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest digest = sha256();

  /** The leaf of an entry: its own hash in the chain is the leaf's content. */
  public byte[] leaf(byte[] entryHash) {
    digest.update(LEAF);
    return digest.digest(entryHash);
  }

  /** The parent of two nodes. */
  public byte[] node(byte[] left, byte[] right) {
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /** The root of a tree without entries. */
  byte[] nothing() {
    return digest.digest();
  }

  /** A digest for the caller alone: they keep a state. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
