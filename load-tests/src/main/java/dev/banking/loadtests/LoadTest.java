package dev.banking.loadtests;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * {@code make load-test}: finds the running system, fires the headline with k6, checks the books.
 * Exits with 0 when everything is as it should be, with 1 otherwise.
 */
public final class LoadTest {

  private LoadTest() {}

  public static void main(String[] args) throws InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(Path.of("").toAbsolutePath(), out) ? 0 : 1);
  }

  private static boolean run(Path project, PrintStream out) throws InterruptedException {
    try {
      var system =
          new Login(project, System.getenv())
              .to(RunningSystem.find(System.getenv(), project), userId());
      var k6 = K6.find(project);
      out.println("Load test against " + system.api() + ", with " + k6.name());
      var answers = k6.fire(system, Headline.ofUser(userId()));
      out.println("Now the books.");
      var verdict = new BooksCheck(system, out::println).check(answers);
      out.print(verdict);
      return verdict.isGood();
    } catch (LoadTestException | IOException e) {
      out.println("Load test: " + e.getMessage());
      return false;
    }
  }

  private static long userId() {
    var userId = System.getenv().getOrDefault("USER_ID", "1");
    try {
      return Long.parseLong(userId);
    } catch (NumberFormatException _) {
      throw new LoadTestException("USER_ID is not a number: " + userId);
    }
  }
}
