package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The headline at full size through the three real applications, as {@code make run} runs them. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class HeadlineIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private WholeSystem system;
  private @TempDir Path results;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    system = WholeSystem.start(PROJECT, folder);
  }

  @AfterAll
  void stop() {
    if (system != null) {
      system.close();
    }
  }

  @Test
  @Order(1)
  void tenThousandWithdrawalsAreExactAndTheBooksAgree() throws Exception {
    var answers = new JavaClients(system.addressesOfIt(), Headline.ofUser(1)).fire();

    assertBooksAgree(answers);
  }

  @Test
  @Order(2)
  void theScriptForK6SaysTheSame() throws Exception {
    var program = K6.onPath("k6");
    assumeTrue(program.isPresent(), "k6 is not installed");
    var k6 = K6.ofProgram(program.get(), PROJECT.resolve("load-tests"), results);

    assertBooksAgree(k6.fire(system.addressesOfIt(), Headline.ofUser(1)));
  }

  @Test
  @Order(3)
  void afterSigtermNoProcessAndNoPortIsLeft() throws Exception {
    assertThat(system.livingProcesses()).as("while it runs").hasSizeGreaterThan(5);

    system.terminate();

    assertThat(system.livingProcesses()).isEmpty();
    assertThat(system.openPorts()).isEmpty();
  }

  private void assertBooksAgree(Answers answers) throws IOException, InterruptedException {
    var verdict = new BooksCheck(system.addressesOfIt(), System.out::println).check(answers);

    assertThat(verdict.isGood()).withFailMessage(verdict::toString).isTrue();
    assertThat(answers)
        .isEqualTo(new Answers(answers.headline(), answers.sequenceBefore(), 5_000, 5_000, 0));
  }
}
