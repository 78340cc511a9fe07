package dev.banking.notification.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {

  // Made with: printf '%s' "<timestamp>.<body>" | openssl dgst -sha256 -hmac "<secret>"
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0123456789abcdef | 1700000000 | {"id":1} | 4bcaced68dfea90a68df035b89cb7fb26692d899d32a1ccb1b0616cf48e4d1ed
          0123456789abcdef | 1700000001 | {"id":1} | c3bde3c3645f35c5bad9f7d0ac0ece4b0b2703b3e1b4f20e0162e18c73c6d5ba
          ein-anderer-schlüssel | 1700000000 | {"name":"Zoë"} | af2a13bbf7869f479a99958eb428b6082d056d3675166ca31001964b8cff697e
          """)
  void isWhatOpensslSays(String secret, String timestamp, String body, String expected) {
    assertThat(new Signature(secret).of(timestamp, body.getBytes(UTF_8)))
        .isEqualTo("sha256=" + expected);
  }

  @Test
  void hasItsOwnDotBetweenTimestampAndBody() {
    var signature = new Signature("0123456789abcdef");

    assertThat(signature.of("17", "0.x".getBytes(UTF_8)))
        .isNotEqualTo(signature.of("170", ".x".getBytes(UTF_8)));
  }
}
