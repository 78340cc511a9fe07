package dev.banking.notification.parked;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void escapesBytesThatCouldDoAnythingToATerminal() {
    assertThat(bytes("{\"a\": 1}\r\n\t\\\u001b[2J\u0000\u007f\u00ff", 100))
        .isEqualTo("{\"a\": 1}\\r\\n\\t\\\\\\x1b[2J\\x00\\x7f\\xff");
  }

  @Test
  void cutsAtTheLimitAndSaysSo() {
    assertThat(bytes("abcd", 4)).isEqualTo("abcd");
    assertThat(bytes("abcde", 4)).isEqualTo("abcd…");
    assertThat(bytes("", 4)).isEmpty();
  }

  @Test
  void escapesTextThatCouldPassForOther() {
    assertThat(Printable.text("id-1\u202e\u0000é")).isEqualTo("id-1\\u202e\\u0000\\u00e9");
  }

  private static String bytes(String text, int limit) {
    return Printable.bytes(text.getBytes(ISO_8859_1), limit);
  }
}
