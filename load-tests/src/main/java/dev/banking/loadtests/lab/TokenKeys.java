package dev.banking.loadtests.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A key pair of a benchmark, and the tokens that it signs (RFC 7519). */
final class TokenKeys {

  private static final int BITS = 2_048;
  private static final Duration TIME_TO_LIVE = Duration.ofDays(1);

  private final KeyPair keys;

  TokenKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As PEM. */
  Path writePublicKey(Path file) throws IOException {
    var key = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
    return Files.writeString(
        file, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
  }

  /** For one user's balance. */
  String token(long userId) {
    var now = Instant.now();
    var claims =
        """
        {"iss":"bench","aud":"banking-api","sub":"bench","user_id":%d,\
        "scope":"balance:read balance:write","iat":%d,"exp":%d}\
        """
            .formatted(userId, now.getEpochSecond(), now.plus(TIME_TO_LIVE).getEpochSecond());
    var content = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encode(claims);
    return content + "." + encode(sign(content));
  }

  private byte[] sign(String content) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
