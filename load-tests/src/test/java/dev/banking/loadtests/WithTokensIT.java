package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What {@code AUTH_MODE=jwt make run} and the commands beside it do. */
@TestInstance(Lifecycle.PER_CLASS)
class WithTokensIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private Path folder;
  private WholeSystem system;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    system = WholeSystem.start(PROJECT, folder, Map.of("AUTH_MODE", "jwt"));
  }

  @AfterAll
  void stop() {
    if (system != null) {
      system.close();
    }
  }

  @Test
  void theLoadTestLogsInAndTheBooksAgree() throws Exception {
    var known = new Login(folder, Map.of()).to(system.addressesOfIt(), 1);
    assertThat(known.token()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    var verdict = verdictOf(new JavaClients(known, Headline.ofUser(1)).fire(), known);
    assertThat(verdict.isGood()).withFailMessage(verdict::toString).isTrue();

    // What k6 fires, if it is here.
    for (var program : K6.onPath("k6").stream().toList()) {
      var k6 = K6.ofProgram(program, PROJECT.resolve("load-tests"), folder);
      var again = verdictOf(k6.fire(known, Headline.ofUser(1)), known);
      assertThat(again.isGood()).withFailMessage(again::toString).isTrue();
    }
    assertThat(operate("reconcile", "--grace", "30")).isZero();
    assertThat(operate("verify", "--grace", "30")).isZero();
  }

  private static Verdict verdictOf(Answers answers, RunningSystem known) throws Exception {
    return new BooksCheck(known, System.out::println).check(answers);
  }

  private int operate(String... command) throws IOException, InterruptedException {
    var line =
        new ArrayList<>(List.of(folder.resolve("scripts/operate").toString(), "audit-worker"));
    line.addAll(List.of(command));
    var process = new ProcessBuilder(line).redirectErrorStream(true).start();
    System.out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    return process.waitFor();
  }

  @Test
  void theTokenOfTheEnvironmentComesFirst() {
    assertThatThrownBy(() ->
            new Login(folder, Map.of("LOAD_TEST_TOKEN", "x.y.z")).to(system.addressesOfIt(), 1))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("answers 401 to the token: set LOAD_TEST_TOKEN");
  }

  @Test
  void saysWhatToDoWithoutAKey(@TempDir Path elsewhere) {
    assertThatThrownBy(() -> new Login(elsewhere, Map.of()).to(system.addressesOfIt(), 1))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("no development key: set LOAD_TEST_TOKEN");
  }
}
