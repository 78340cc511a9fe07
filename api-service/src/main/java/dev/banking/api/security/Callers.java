package dev.banking.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Tokens that were verified lately: a signature costs more than a balance. Only good ones are
 * remembered, for a bounded time and never beyond their end, by their SHA-256, so that no token is
 * kept in memory.
 */
final class Callers {

  private final JwtDecoder decoder;
  private final Clock clock;
  private final JwtProperties properties;
  private final Cache<ByteBuffer, Caller> verified;

  Callers(JwtDecoder decoder, Clock clock, JwtProperties properties) {
    this.decoder = decoder;
    this.clock = clock;
    this.properties = properties;
    verified =
        Caffeine.newBuilder()
            .maximumSize(properties.maxRemembered())
            .expireAfterWrite(properties.rememberFor())
            .build();
  }

  /** Who sends the token, if it was verified lately; null: it must be verified. */
  @Nullable Caller known(String token) {
    var caller = verified.getIfPresent(digest(token));
    return caller != null && clock.instant().isBefore(end(caller)) ? caller : null;
  }

  /**
   * Who sends the token.
   *
   * @throws org.springframework.security.oauth2.jwt.BadJwtException when it is not to be believed
   * @throws org.springframework.security.oauth2.jwt.JwtException when that cannot be found out now
   */
  Caller verify(String token) {
    var caller = Caller.of(decoder.decode(token));
    admit(token, caller);
    return caller;
  }

  /** Lets somebody in who is known without a signature. */
  void admit(String token, Caller caller) {
    verified.put(digest(token), caller);
  }

  /** From now on the token must be verified. */
  void forget(String token) {
    verified.invalidate(digest(token));
  }

  private Instant end(Caller caller) {
    return caller.expiresAt().plus(properties.clockSkew());
  }

  private static ByteBuffer digest(String token) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
