package dev.banking.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

/** Good tokens are remembered until their end, and bad ones never. */
class CallersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final AtomicInteger verified = new AtomicInteger();

  private Callers callers() {
    var settings =
        new JwtProperties(
            "",
            "",
            "key",
            "banking-api",
            "RS256",
            Duration.ofSeconds(30),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofHours(1),
            10);
    InstantSource source = time::get;
    return new Callers(this::decode, source.withZone(ZoneOffset.UTC), settings);
  }

  private Jwt decode(String token) {
    verified.incrementAndGet();
    if (token.equals("bad")) {
      throw new BadJwtException("bad");
    }
    return new Jwt(
        token, NOW, NOW.plusSeconds(60), Map.of("alg", "RS256"), Map.of("sub", "s-" + token));
  }

  @Test
  void remembersAGoodTokenUntilItsEnd() {
    var callers = callers();
    assertThat(callers.known("a")).isNull();
    assertThat(callers.verify("a").actor()).isEqualTo("s-a");
    assertThat(callers.known("a")).isNotNull().extracting(Caller::actor).isEqualTo("s-a");
    assertThat(callers.known("b")).isNull();
    time.set(NOW.plusSeconds(89));
    assertThat(callers.known("a")).isNotNull();
    time.set(NOW.plusSeconds(90));
    assertThat(callers.known("a")).isNull();
    assertThat(verified).hasValue(1);
  }

  @Test
  void remembersNoBadToken() {
    var callers = callers();
    for (var i = 0; i < 2; i++) {
      assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> callers.verify("bad"));
      assertThat(callers.known("bad")).isNull();
    }
    assertThat(verified).hasValue(2);
  }

  @Test
  void aPassIsForOneUserAndGoodUntilItIsWithdrawn() {
    var callers = callers();
    var passes = new RehearsalPass(callers, ((InstantSource) time::get).withZone(ZoneOffset.UTC));
    var pass = passes.issue("warm-up", 7, Duration.ofSeconds(3));
    assertThat(passes.issue("warm-up", 7, Duration.ofSeconds(3))).isNotEqualTo(pass);
    assertThat(callers.known(pass))
        .isEqualTo(
            new Caller("warm-up", Set.of("balance:read", "balance:write"), 7L, NOW.plusSeconds(3)));
    passes.withdraw(pass);
    assertThat(callers.known(pass)).isNull();
    assertThat(verified).hasValue(0);
  }

  @Test
  void aForgottenPassEndsByItself() {
    var callers = callers();
    var passes = new RehearsalPass(callers, ((InstantSource) time::get).withZone(ZoneOffset.UTC));
    var pass = passes.issue("warm-up", 7, Duration.ofSeconds(3));
    time.set(NOW.plusSeconds(33));
    assertThat(callers.known(pass)).isNull();
  }
}
