package dev.banking.localstack.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

  @Test
  void holdsLogLinesBackUntilAllIsUp() {
    var terminal = new Terminal(out, false, false);
    terminal.line("api", "too early");
    terminal.say("progress");
    terminal.showLogs();
    terminal.line("api", "in time");
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("progress\napi          | in time\n");
  }

  @Test
  void paintsTheNameAloneAndOnlyForATerminal() {
    var terminal = new Terminal(out, true, true);
    terminal.line("redis", "hello");
    terminal.line("epmd", "hello");
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\u001b[34mredis        |\u001b[0m hello\nepmd         | hello\n");
  }
}
