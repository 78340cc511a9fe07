package dev.banking.audit.review;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry with its event and its proof.
 *
 * @param event the message as it was received
 * @param previousHash in hexadecimal, as the hash
 * @param isIntact whether the hash is that of the content, computed now
 * @param isLinked whether the entry before it, if it is there, has the previous hash
 * @param proof that it is in the tree which a checkpoint signs; null when none does yet
 */
public record EntryInFull(
    BookEntry entry,
    String event,
    String previousHash,
    String hash,
    boolean isIntact,
    boolean isLinked,
    @Nullable Proof proof) {

  /**
   * The way to what was signed.
   *
   * @param checkpoint its number
   * @param position of the checkpoint
   * @param signedAt when it was signed
   * @param keyId of the key that it names
   * @param path the siblings, from the entry up, in hexadecimal
   * @param holds whether the path leads to the signed root, computed now
   */
  public record Proof(
      long checkpoint,
      long position,
      String signedAt,
      String keyId,
      String root,
      List<String> path,
      boolean holds) {}
}
