package dev.banking.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.banking.common.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a client sends is read exactly, or refused with an error that can be shown. */
class InputFuzzTest {

  private final StrictJsonReader reader =
      new StrictJsonReader(
          JsonMapper.builder()
              .addModule(new JsonFormats().formats())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
              .build());

  /** A request like those of the API. */
  record Body(@Nullable Money amount) {}

  /** Bytes as a request's body. */
  private record Message(InputStream getBody, HttpHeaders getHeaders) implements HttpInputMessage {}

  @FuzzTest(maxDuration = "2m")
  void readsABodyOrRefusesIt(byte @NotNull [] bytes) throws IOException {
    try {
      var body = (Body) reader.read(Body.class, message(bytes));
      var amount = body.amount();
      if (amount != null) {
        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("{");
        assertThat(amount.isMoreThan(Money.MAX)).isFalse();
        assertThat(amount.negated().isMoreThan(Money.MAX)).isFalse();
      }
    } catch (ApiException e) {
      assertThat(e.error().status()).isIn(400, 413);
      assertThat(e.error().message()).isNotEmpty().doesNotContain("Exception");
      assertThat(e.error().message().chars()).allMatch(c -> c >= ' ');
    }
  }

  private static HttpInputMessage message(byte[] bytes) {
    return new Message(new ByteArrayInputStream(bytes), new HttpHeaders());
  }

  @FuzzTest(maxDuration = "1m")
  void knowsTheAlphabetOfKeys(@NotNull String key) {
    assertThat(Token.isValid(key)).isEqualTo(key.matches("[A-Za-z0-9._:-]{1,128}"));
  }

  @FuzzTest(maxDuration = "1m")
  void readsPreconditionsOrRefusesThem(@NotNull String header) {
    try {
      var ifMatch = IfMatch.parse(List.of(header), false);
      assertThat(ifMatch).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("must be * or a list");
    }
  }
}
