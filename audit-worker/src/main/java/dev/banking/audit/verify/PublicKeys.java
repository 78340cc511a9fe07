package dev.banking.audit.verify;

import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.seal.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds the public keys by which a command judges signatures. */
final class PublicKeys {

  private PublicKeys() {}

  /**
   * Those that the option names, else {@code AUDIT_PUBLIC_KEY_FILE}, else the one beside the
   * worker's own key; none when there is no such file.
   *
   * @param option may be empty
   * @throws CommandFailedException when a named file cannot be used
   */
  static TrustedKeys find(String option, Map<String, String> environment, Path project) {
    var named = option.isEmpty() ? environment.getOrDefault("AUDIT_PUBLIC_KEY_FILE", "") : option;
    var file = named.isEmpty() ? beside(environment, project) : Path.of(named);
    if (named.isEmpty() && !Files.exists(file)) {
      return TrustedKeys.none();
    }
    try {
      return TrustedKeys.read(file);
    } catch (IOException e) {
      throw new CommandFailedException("no public key: " + e.getMessage(), e);
    }
  }

  private static Path beside(Map<String, String> environment, Path project) {
    var named = environment.getOrDefault("AUDIT_SIGNING_KEY_FILE", "");
    var key = project.resolve(named.isEmpty() ? ".local/audit/signing-key.pem" : named);
    return SigningKey.publicFile(key);
  }
}
