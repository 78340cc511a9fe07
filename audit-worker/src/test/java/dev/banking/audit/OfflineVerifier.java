package dev.banking.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The second verifier, in the other language, as a process. */
public final class OfflineVerifier {

  private OfflineVerifier() {}

  /**
   * What it said.
   *
   * @param exitCode 0, 1 or 2
   * @param says its output, both streams
   */
  public record Answer(int exitCode, String says) {}

  /** Runs it. */
  public static Answer run(Path publicKey, List<String> words) {
    var command = new ArrayList<>(List.of("python3", "verifier/verify.py"));
    command.addAll(List.of("--public-key", publicKey.toString()));
    command.addAll(words);
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), says);
    } catch (IOException e) {
      throw new IllegalStateException("python3 is needed: apt-get install python3", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
