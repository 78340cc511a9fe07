package dev.banking.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

  private static final BankingEvent UPDATED =
      new BalanceUpdated(
          UUID.fromString("0198c2a4-9c1e-7b53-8f0e-3a1f2b4c5d6e"),
          Instant.parse("2026-11-01T12:00:00.000001Z"),
          1,
          7,
          UUID.fromString("0198c2a4-9c1e-7b53-8f0e-000000000001"),
          Money.parse("100.50"),
          Money.parse("10000"),
          Money.parse("10100.50"),
          "anonymous",
          "request-1");

  private static final BankingEvent FAILED =
      new BalanceUpdateFailed(
          UUID.fromString("0198c2a4-9c1e-7b53-8f0e-3a1f2b4c5d6f"),
          Instant.parse("2026-11-01T12:00:00.12Z"),
          Long.MAX_VALUE,
          0,
          UUID.fromString("0198c2a4-9c1e-7b53-8f0e-000000000002"),
          Money.MAX.negated(),
          new Money(5),
          "insufficient_funds",
          "anonymous",
          "request-2");

  private static final BankingEvent CREATED =
      new UserCreated(
          UUID.fromString("0198c2a4-9c1e-7b53-8f0e-3a1f2b4c5d70"),
          Instant.parse("2026-11-01T12:00:01Z"),
          42,
          1,
          UUID.fromString("0198c2a4-9c1e-7b53-8f0e-000000000003"),
          Money.parse("10000"),
          "demo",
          "request-3");

  private final EventCodec codec = new EventCodec();

  static Stream<BankingEvent> events() {
    return Stream.of(UPDATED, FAILED, CREATED);
  }

  @ParameterizedTest
  @MethodSource("events")
  void writesTheGoldenBytes(BankingEvent event) throws IOException {
    assertThat(new String(codec.write(event), StandardCharsets.UTF_8))
        .isEqualTo(new String(golden(event.type()), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsTheGoldenBytes(BankingEvent event) throws IOException, InvalidEventException {
    assertThat(codec.read(golden(event.type()))).isEqualTo(event);
  }

  @Test
  void ignoresFieldsThatALaterVersionAdds() throws IOException, InvalidEventException {
    var text = new String(golden(BalanceUpdated.TYPE), StandardCharsets.UTF_8);
    var later =
        text.replace("\"data\":{", "\"later\":[1,{}],\"data\":{\"currency\":\"EUR\",\"x\":null,");
    assertThat(read(later)).isEqualTo(UPDATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "specversion":"1.0"                | "specversion":"0.3"      | specversion is not 1.0
          "type":"balance.updated"           | "type":"balance.other"   | unknown event type
          "type":"balance.updated",          |                          | type is not text
          "time":"2026-11-01T12:00:00.000001Z" | "time":"yesterday"     | time is not a time in UTC
          "id":"0198c2a4-9c1e-7b53-8f0e-3a1f2b4c5d6e" | "id":"1-1-1-1-1" | id is not a UUID
          "userId":1                         | "userId":0    | data.userId is not a whole number above 0
          "userId":1                         | "userId":"1"  | data.userId is not a whole number
          "sequence":7                       | "sequence":7.5 | data.sequence is not a whole number
          "sequence":7                       | "sequence":99999999999999999999 | data.sequence is not a whole number
          "amount":100.50                    | "amount":"100.50"        | data.amount is not an amount
          "amount":100.50                    | "amount":100.505         | data.amount is not an amount
          "amount":100.50                    | "amount":1e30            | data.amount is not an amount
          "amount":100.50                    | "amount":1,"amount":2    | not JSON
          "actor":"anonymous"                | "actor":null             | data.actor is not text
          }}                                 | }}}                      | not JSON
          """)
  void namesWhatIsWrong(String good, String bad, String message) throws IOException {
    var text = new String(golden(BalanceUpdated.TYPE), StandardCharsets.UTF_8);
    assertThat(text).contains(good);
    var broken = text.replace(good, bad == null ? "" : bad);
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> read(broken))
        .withMessage(message);
  }

  @Test
  void refusesWhatIsNoEventAtAll() {
    for (var text : new String[] {"", "null", "[]", "1", "\"x\"", "{", "\u0000", "{}"}) {
      assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> read(text));
    }
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> codec.read(new byte[EventCodec.MAX_BYTES + 1]))
        .withMessage("longer than 65536 bytes");
  }

  private BankingEvent read(String text) throws InvalidEventException {
    return codec.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] golden(String type) throws IOException {
    try (var in = EventCodecTest.class.getResourceAsStream("/golden/" + type + ".json")) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }
}
