package dev.banking.audit.seal;

import java.util.HexFormat;

/**
 * A signed head of the book.
 *
 * @param number 1, 2, 3, … without gaps
 * @param position of the last entry; as positions have no gaps, also the number of entries
 * @param hash of the last entry
 * @param root of the tree over the entries up to it
 * @param createdAt as the format writes a time
 * @param keyId SHA-256 of the public key's 32 bytes
 * @param signature Ed25519 over {@link #signedBytes}
 */
// Arrays for what is compared by hand.
@SuppressWarnings("ArrayRecordComponent")
public record Checkpoint(
    long number,
    long position,
    byte[] hash,
    byte[] root,
    String createdAt,
    byte[] keyId,
    byte[] signature) {

  private static final String NAME = "dev.banking/audit-checkpoint";
  private static final int FORMAT = 1;
  private static final HexFormat HEX = HexFormat.of();

  /** What is signed. */
  public byte[] signedBytes() {
    return new CanonicalBytes()
        .text(NAME)
        .number(FORMAT)
        .number(number)
        .number(position)
        .bytes(hash)
        .bytes(root)
        .text(createdAt)
        .bytes(keyId)
        .toByteArray();
  }

  Checkpoint signed(byte[] by) {
    return new Checkpoint(number, position, hash, root, createdAt, keyId, by);
  }

  /** One line of JSON, as in exports, in the file of copies and in the log. */
  public String line() {
    return """
    {"type":"checkpoint","format":%d,"number":%d,"position":%d,"hash":"%s","root":"%s",\
    "createdAt":"%s","keyId":"%s","signature":"%s"}\
    """
        .formatted(
            FORMAT,
            number,
            position,
            HEX.formatHex(hash),
            HEX.formatHex(root),
            createdAt,
            HEX.formatHex(keyId),
            HEX.formatHex(signature));
  }
}
