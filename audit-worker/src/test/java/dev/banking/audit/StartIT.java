package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A setting that makes no sense ends the start, with a sentence that names the variable. */
@ExtendWith(OutputCaptureExtension.class)
class StartIT {

  private static void start(String name, String value) {
    try (var worker = Worker.start(new TestDatabase(), "--" + name + "=" + value)) {
      assertThat(worker.port()).isPositive();
    }
  }

  /** What the person sees who started it. */
  private static String whyItDoesNotStart(String name, String value, CapturedOutput output) {
    assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(name, value));
    return output.getOut();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:secret@localhost:5672",
        "localhost:5672",
        "rabbitmq",
        "",
        "amqp://user:secret@",
        "amqp://user:secret@localhost:abc",
        "amqp://user:secret@localhost:99999",
        "amqp://user:secret@a:1,user:secret@b:2"
      })
  void refusesABrokerAddressThatIsNone(String url, CapturedOutput output) {
    var said = whyItDoesNotStart("RABBITMQ_URL", url, output);
    assertThat(said).contains("RABBITMQ_URL is not amqp://user:password@host:port");
    assertThat(said.substring(said.indexOf("APPLICATION FAILED"))).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "AUDIT_VERIFY_INTERVAL, often, it must be a time",
    "AUDIT_RETENTION, seven years, it must be a period",
    "AUTH_MODE, oauth, it must be one of none",
    "PORT, web, it is not of the right kind"
  })
  void namesTheVariableThatIsWrong(
      String name, String value, String problem, CapturedOutput output) {
    assertThat(whyItDoesNotStart(name, value, output))
        .contains(name + "=" + value + " is refused: " + problem, ".env.example");
  }
}
