package dev.banking.loadtests.generator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpAnswerTest {

  private static final String SIZED =
      "HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\nbody";
  private static final String CHUNKED =
      "HTTP/1.1 400 \r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";

  @Test
  void anAnswerIsCompleteAtItsLastByteAndNotBefore() {
    for (var answer : new String[] {SIZED, CHUNKED}) {
      for (var length = 0; length < answer.length(); length++) {
        assertThat(statusOf(answer.substring(0, length)))
            .as(answer.substring(0, length))
            .isEqualTo(Exchange.PENDING);
      }
    }
    assertThat(statusOf(SIZED)).isEqualTo(200);
    assertThat(statusOf(CHUNKED)).isEqualTo(400);
  }

  @Test
  void anAnswerWithoutBodyEndsWithItsHeaders() {
    assertThat(statusOf("HTTP/1.1 304 \r\nETag: \"7\"\r\n\r\n")).isEqualTo(304);
  }

  @Test
  void whatIsNoHttpIsBroken() {
    assertThat(statusOf("SSH-2.0-OpenSSH\r\n\r\n")).isEqualTo(Exchange.BROKEN);
  }

  private static int statusOf(String text) {
    return HttpAnswer.statusOfComplete(text.getBytes(ISO_8859_1), text.length());
  }
}
