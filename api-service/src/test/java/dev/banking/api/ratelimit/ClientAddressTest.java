package dev.banking.api.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.9       | 198.51.100.1                   | 192.0.2.9",
        "10.0.0.1        | 198.51.100.1                   | 198.51.100.1",
        "10.0.0.1        | 1.1.1.1, 198.51.100.1          | 198.51.100.1",
        "10.0.0.1        | 1.1.1.1, 198.51.100.1,10.0.0.2 | 198.51.100.1",
        "10.0.0.1        | 10.0.0.2                       | 10.0.0.2",
        "10.0.0.1        | <script>                       | unknown",
        "10.0.0.1        | ,                              | unknown",
        "2001:db8:1:2::9 | 1.1.1.1                        | 2001:db8:1:2:0:0:0:0",
        "10.0.0.1        | 2001:db8:1:2:3:4:5:6           | 2001:db8:1:2:0:0:0:0"
      })
  void believesTrustedProxiesAlone(String remote, String forwarded, String expected) {
    var properties =
        new RateLimitProperties(
            true,
            1,
            1,
            1,
            1,
            Set.of("10.0.0.1", "10.0.0.2"),
            10,
            Duration.ofMillis(50),
            Duration.ofSeconds(1));
    var request = new MockHttpServletRequest();
    request.setRemoteAddr(remote);
    request.addHeader("X-Forwarded-For", forwarded);
    assertThat(new ClientAddress(properties).of(request)).isEqualTo(expected);
  }
}
