package dev.banking.audit.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.audit.seal.CanonicalBytes;
import dev.banking.common.EventCodec;
import dev.banking.common.InvalidEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The hashes below were computed by another program, in another language, from the format's text.
 */
class ChainTest {

  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static final String CREATED =
      """
      {"specversion":"1.0","id":"0198c2a4-9c1e-7b53-8f0e-3a1f2b4c5d70",\
      "source":"banking/api-service","type":"user.created","subject":"users/42",\
      "time":"2026-11-01T12:00:01.000000Z","dataversion":1,"data":{"userId":42,"sequence":1,\
      "operationId":"0198c2a4-9c1e-7b53-8f0e-000000000003","initialBalance":10000.00,\
      "actor":"demo","requestId":"request-3"}}\
      """;

  private static final String UPDATED =
      """
      {"specversion":"1.0","id":"0198c2a4-9c1e-7b53-8f0e-3a1f2b4c5d6e",\
      "source":"banking/api-service","type":"balance.updated","subject":"users/1",\
      "time":"2026-11-01T12:00:00.000001Z","dataversion":1,"data":{"userId":1,"sequence":7,\
      "operationId":"0198c2a4-9c1e-7b53-8f0e-000000000001","amount":100.50,\
      "previousBalance":10000.00,"newBalance":10100.50,"actor":"anonymous",\
      "requestId":"request-1"}}\
      """;

  private static final String FAILED =
      """
      {"specversion":"1.0","id":"0198c2a4-9c1e-7b53-8f0e-3a1f2b4c5d6f",\
      "source":"banking/api-service","type":"balance.update.failed",\
      "subject":"users/9223372036854775807","time":"2026-11-01T12:00:00.120000Z",\
      "dataversion":1,"data":{"userId":9223372036854775807,"sequence":0,\
      "operationId":"0198c2a4-9c1e-7b53-8f0e-000000000002","amount":-9999999999999.99,\
      "balance":0.05,"reason":"insufficient_funds","actor":"anonymous",\
      "requestId":"request-2"}}\
      """;

  @Test
  void startsFromTheGenesisHash() {
    assertThat(Hash.GENESIS)
        .hasToString("973a9aaeb3ae78b38fc2bf7020492b21e9197efa7845da9c4a4d9381a5552d3e");
  }

  @Test
  void chainsTheGoldenEntriesToTheGoldenHashes() throws InvalidEventException {
    var first = Link.of(Hash.GENESIS, entry(1, CREATED, null, "2026-11-01T12:00:02Z"));
    var second =
        Link.of(first.hash(), entry(2, UPDATED, TRACEPARENT, "2026-11-01T12:00:02.123456Z"));
    var third = Link.of(second.hash(), entry(3, FAILED, null, "2026-11-01T12:00:02.123456Z"));
    assertThat(List.of(first, second, third))
        .extracting(link -> link.hash().toString())
        .containsExactly(
            "3daaa7eb4c5311f6b132af8fa8e6e68c48f7b7beaf3104f9fddc9d775ca3750a",
            "8f0bd7fe7768d2c04cce7fa43de0801a6db0b039b6f5fc1b522712615a1c61d7",
            "bbc9bb4ca6462c08b65e0c0c642d7c0b5fd301186325067b0ae64f678d829c2b");
  }

  @Test
  void tellsNullFromEmptyAndOneFieldFromTwo() {
    assertThat(hex(new CanonicalBytes().text(null))).isEqualTo("ffffffff");
    assertThat(hex(new CanonicalBytes().text(""))).isEqualTo("00000000");
    assertThat(hex(new CanonicalBytes().text("ab").text("c")))
        .isEqualTo("00000002616200000001" + "63");
    assertThat(hex(new CanonicalBytes().text("a").text("bc")))
        .isEqualTo("0000000161" + "000000026263");
    assertThat(hex(new CanonicalBytes().text("é€😀")))
        .isEqualTo("00000009" + "c3a9" + "e282ac" + "f09f9880");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-01T12:00:00.123456789Z", "2026-11-01T12:00:00.123456Z"})
  void cutsTimesToMicroseconds(String time) {
    assertThat(hex(new CanonicalBytes().time(Instant.parse(time))))
        .isEqualTo(
            "0000001b"
                + HexFormat.of()
                    .formatHex("2026-11-01T12:00:00.123456Z".getBytes(StandardCharsets.US_ASCII)));
  }

  private static String hex(CanonicalBytes bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static Entry entry(long position, String json, @Nullable String traceparent, String at)
      throws InvalidEventException {
    var body = json.getBytes(StandardCharsets.UTF_8);
    var received = new Received(new EventCodec().read(body), body, traceparent);
    return Entry.of(position, received, Instant.parse(at));
  }
}
