package dev.banking.audit.book;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 hash: one link of the chain. Immutable. */
public final class Hash {

  /** What the first entry is chained to. */
  public static final Hash GENESIS =
      new Hash(sha256().digest("dev.banking/audit-log".getBytes(StandardCharsets.US_ASCII)));

  private static final int BYTES = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The hash that was stored as {@code bytes}.
   *
   * @throws IllegalArgumentException when they are not 32
   */
  static Hash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("not " + BYTES + " bytes");
    }
    return new Hash(bytes.clone());
  }

  /** The next link: the hash over this one and an entry's canonical bytes. */
  Hash then(byte[] canonicalBytes) {
    var digest = sha256();
    digest.update(bytes);
    return new Hash(digest.digest(canonicalBytes));
  }

  byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** In lower-case hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
