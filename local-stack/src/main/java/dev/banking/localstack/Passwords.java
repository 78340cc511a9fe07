package dev.banking.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The applications' passwords at one server, kept beside its data. */
final class Passwords {

  private final Map<Identity, String> passwords = new EnumMap<>(Identity.class);

  Passwords(Path folder) throws IOException {
    for (var identity : Identity.values()) {
      passwords.put(identity, Secrets.kept(folder.resolve("password-" + identity.word())));
    }
  }

  String of(Identity identity) {
    return passwords.getOrDefault(identity, "");
  }
}
