package dev.banking.audit.seal;

import java.util.HexFormat;

/**
 * A signed statement that the beginning of the book was dropped for its age: where the book begins
 * now, and what the chain and the tree were there.
 *
 * @param number 1, 2, 3, … without gaps
 * @param position of the last entry that is gone
 * @param hash of that entry: what the next one is chained to
 * @param frontier of the tree up to that entry, see {@link Frontier#toBytes}
 * @param checkpoint the number of the last checkpoint up to that entry; 0 when there was none
 * @param before the end of the month that was dropped
 * @param events SHA-256 over the ids of the entries that were dropped with this cut
 * @param archive SHA-256 of the file that has them
 * @param createdAt as the format writes a time
 * @param keyId SHA-256 of the public key's 32 bytes
 * @param signature Ed25519 over {@link #signedBytes}
 */
// Arrays for what is compared by hand.
@SuppressWarnings("ArrayRecordComponent")
public record Cut(
    long number,
    long position,
    byte[] hash,
    byte[] frontier,
    long checkpoint,
    String before,
    byte[] events,
    byte[] archive,
    String createdAt,
    byte[] keyId,
    byte[] signature) {

  private static final String NAME = "dev.banking/audit-cut";
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
        .bytes(frontier)
        .number(checkpoint)
        .text(before)
        .bytes(events)
        .bytes(archive)
        .text(createdAt)
        .bytes(keyId)
        .toByteArray();
  }

  /** The same, signed. */
  public Cut signedBy(SigningKey key) {
    var unsigned = with(key.id(), new byte[] {});
    return unsigned.with(key.id(), key.sign(unsigned.signedBytes()));
  }

  private Cut with(byte[] by, byte[] signed) {
    return new Cut(
        number,
        position,
        hash,
        frontier,
        checkpoint,
        before,
        events,
        archive,
        createdAt,
        by,
        signed);
  }

  /** One line of JSON, as in exports and in the log. */
  public String line() {
    return """
    {"type":"cut","format":%d,"number":%d,"position":%d,"hash":"%s","frontier":"%s",\
    "checkpoint":%d,"before":"%s","events":"%s","archive":"%s","createdAt":"%s","keyId":"%s",\
    "signature":"%s"}\
    """
        .formatted(
            FORMAT,
            number,
            position,
            HEX.formatHex(hash),
            HEX.formatHex(frontier),
            checkpoint,
            before,
            HEX.formatHex(events),
            HEX.formatHex(archive),
            createdAt,
            HEX.formatHex(keyId),
            HEX.formatHex(signature));
  }
}
