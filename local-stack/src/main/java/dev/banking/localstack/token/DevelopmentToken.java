package dev.banking.localstack.token;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The program behind {@code make token}: prints a token and nothing else. It is read by {@code
 * java} as a source, so it uses the JDK alone.
 */
public final class DevelopmentToken {

  private static final String ALL = "balance:read balance:write users:create audit:read";
  private static final Pattern TTL = Pattern.compile("([1-9][0-9]{0,4})([smhd])");
  private static final Pattern USER_ID = Pattern.compile("[1-9][0-9]{0,18}");

  /** Goes into JSON as it is. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:@|/+=~ -]{1,200}");

  private static final int MISUSED = 2;

  private DevelopmentToken() {}

  /** Exit codes: 0 printed, 2 called wrongly, which is said on standard error. */
  public static void main(String[] arguments) throws GeneralSecurityException {
    try {
      var keys = new DevelopmentKeys(Path.of(".local"));
      System.out.println(mint(System.getenv(), keys, Instant.now()));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(MISUSED);
    }
  }

  /**
   * A signed token.
   *
   * @throws IllegalArgumentException when a setting is not as it must be: which
   */
  static String mint(Map<String, String> settings, DevelopmentKeys keys, Instant now)
      throws GeneralSecurityException {
    var claims =
        """
        {"iss":"%s","aud":"%s","sub":"%s",%s"scope":"%s","iat":%d,"exp":%d,"jti":"%s"}\
        """
            .formatted(
                text(settings, "JWT_ISSUER_URI", "make-token"),
                text(settings, "JWT_AUDIENCE", "banking-api"),
                text(settings, "SUB", "developer"),
                userId(settings),
                text(settings, "SCOPE", ALL),
                now.getEpochSecond(),
                now.plus(ttl(settings)).getEpochSecond(),
                UUID.randomUUID());
    var content = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encode(claims);
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.privateKey());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + encode(signature.sign());
  }

  private static String text(Map<String, String> settings, String name, String usual) {
    var given = settings.getOrDefault(name, "");
    var value = given.isEmpty() ? usual : given;
    if (!PLAIN.matcher(value).matches()) {
      throw new IllegalArgumentException(name + " must be 1 to 200 of A-Z a-z 0-9 ._:@|/+=~-");
    }
    return value;
  }

  /** {@code USER_ID=none} for a token that is no user's. */
  private static String userId(Map<String, String> settings) {
    var given = settings.getOrDefault("USER_ID", "");
    if (given.equals("none")) {
      return "";
    }
    var value = given.isEmpty() ? "1" : given;
    if (!USER_ID.matcher(value).matches()) {
      throw new IllegalArgumentException("USER_ID must be a user's number, or none");
    }
    return "\"user_id\":" + value + ",";
  }

  private static Duration ttl(Map<String, String> settings) {
    var given = settings.getOrDefault("TTL", "");
    var parts = TTL.matcher(given.isEmpty() ? "1h" : given);
    if (!parts.matches()) {
      throw new IllegalArgumentException("TTL must be a number and s, m, h or d, such as 30m");
    }
    var number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
