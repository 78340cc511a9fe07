package dev.banking.audit.checkpoint;

import dev.banking.audit.seal.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the key, or makes the first one. */
final class KeyFile {

  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

  private final Path file;

  KeyFile(Path file) {
    this.file = file;
  }

  /**
   * The key; null when there is none, which was said.
   *
   * @param mayBeMade whether nothing was signed yet: a second key must be a person's decision
   */
  @Nullable SigningKey find(boolean mayBeMade) {
    try {
      if (!Files.exists(file)) {
        if (!mayBeMade) {
          LOG.error(
              "There are checkpoints, but not the key that signed them: {} is missing, and nothing"
                  + " will be signed. Put it back; or make another one, as the runbook says.",
              file.toAbsolutePath());
          return null;
        }
        if (SigningKey.make(file)) {
          LOG.warn(
              "MADE A SIGNING KEY for the checkpoints of the audit book: {}. Keep a copy of it, and"
                  + " of {}, away from this machine and from the database.",
              file.toAbsolutePath(),
              SigningKey.publicFile(file).getFileName());
        }
      }
      return read();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.error("Checkpoints will not be signed: no key ({})", e.toString());
      return null;
    }
  }

  private SigningKey read() throws IOException {
    var key = SigningKey.read(file);
    if (SigningKey.isOpen(file)) {
      LOG.warn("Others than its owner may read {}: chmod 600", file.toAbsolutePath());
    }
    var publicFile = SigningKey.publicFile(file);
    if (!Files.exists(publicFile)) {
      writePublic(publicFile, key);
    }
    LOG.info("Signs checkpoints with key {}", HexFormat.of().formatHex(key.id()));
    return key;
  }

  /** A folder that may only be read is no reason not to sign. */
  private static void writePublic(Path publicFile, SigningKey key) {
    try {
      Files.writeString(publicFile, key.publicPem());
    } catch (IOException e) {
      LOG.warn("The public key is not beside the private one: {}", e.toString());
    }
  }
}
