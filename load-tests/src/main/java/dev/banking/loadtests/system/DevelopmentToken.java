package dev.banking.loadtests.system;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What {@code make token} prints; it makes the key pair of a project that has none. */
public final class DevelopmentToken {

  private DevelopmentToken() {}

  /**
   * For one user's balance.
   *
   * @param project whose key signs it
   * @param ttl such as {@code 1h}
   */
  public static String mint(Path project, long userId, String ttl)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(project.resolve("scripts/token").toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "USER_ID",
                Long.toString(userId),
                "SCOPE",
                "balance:read balance:write",
                "SUB",
                "load-test",
                "TTL",
                ttl));
    var process = builder.start();
    var token = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (process.waitFor() != 0) {
      throw new LoadTestException("scripts/token failed; see above");
    }
    return token.strip();
  }
}
