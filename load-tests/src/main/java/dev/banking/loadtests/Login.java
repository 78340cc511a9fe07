package dev.banking.loadtests;

import dev.banking.loadtests.system.DevelopmentToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Gets a token when the system asks for one: the one that the environment names, or one that {@code
 * make token} signs with this machine's development key.
 */
final class Login {

  /** The variable, for k6 too. */
  static final String TOKEN = "LOAD_TEST_TOKEN";

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final Path project;
  private final Map<String, String> environment;

  Login(Path project, Map<String, String> environment) {
    this.project = project;
    this.environment = environment;
  }

  /**
   * The system with a token that it accepts; as it is when it asks for none.
   *
   * @param userId whose money will be moved
   * @throws LoadTestException when there is no such token: what to do
   */
  RunningSystem to(RunningSystem system, long userId) throws IOException, InterruptedException {
    var given = environment.getOrDefault(TOKEN, "").strip();
    if (given.isEmpty() && new Api(system).status(userId) != UNAUTHORIZED) {
      return system;
    }
    var known = system.withToken(given.isEmpty() ? mint(system, userId) : given);
    var status = new Api(known).status(userId);
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      throw new LoadTestException(
          "%s answers %d to the token%s: set %s to one that has the scopes balance:read and"
                  .formatted(system.api(), status, given.isEmpty() ? " of make token" : "", TOKEN)
              + " balance:write for user "
              + userId);
    }
    return known;
  }

  private String mint(RunningSystem system, long userId) throws IOException, InterruptedException {
    if (!Files.exists(project.resolve(".local/dev-keys/private.pem"))) {
      throw new LoadTestException(
          "%s asks for a token, and this machine has no development key: set %s"
              .formatted(system.api(), TOKEN));
    }
    return DevelopmentToken.mint(project, userId, "1h");
  }
}
