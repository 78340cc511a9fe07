package dev.banking.localstack.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevelopmentTokenTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private String mint(Map<String, String> settings) throws Exception {
    return DevelopmentToken.mint(settings, new DevelopmentKeys(folder), NOW);
  }

  private static String part(String token, int number) {
    var bytes = Base64.getUrlDecoder().decode(token.split("\\.", -1)[number]);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void isSignedWithTheKeyThatTheApiIsGiven() throws Exception {
    var token = mint(Map.of());
    var pem = Files.readString(new DevelopmentKeys(folder).publicKeyFile());
    var der = Base64.getDecoder().decode(pem.replaceAll("-----.*-----|\\s", ""));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
    var dot = token.lastIndexOf('.');
    signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)))).isTrue();
    assertThat(part(token, 0)).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    assertThat(part(token, 1))
        .matches(
            """
            \\{"iss":"make-token","aud":"banking-api","sub":"developer","user_id":1,\
            "scope":"balance:read balance:write users:create audit:read",\
            "iat":1800000000,"exp":1800003600,"jti":"[0-9a-f-]{36}"}\
            """);
  }

  @Test
  void saysWhatItIsTold() throws Exception {
    var settings =
        Map.of(
            "USER_ID",
            "none",
            "SCOPE",
            "balance:any",
            "TTL",
            "2d",
            "SUB",
            "ada@example.com",
            "JWT_AUDIENCE",
            "mine",
            "JWT_ISSUER_URI",
            "https://issuer.example");
    assertThat(part(mint(settings), 1))
        .startsWith(
            "{\"iss\":\"https://issuer.example\",\"aud\":\"mine\",\"sub\":\"ada@example.com\","
                + "\"scope\":\"balance:any\",")
        .contains("\"exp\":1800172800");
  }

  @ParameterizedTest
  @CsvSource({"TTL, 1", "TTL, 0h", "USER_ID, 1.5", "USER_ID, 0", "SUB, a\"b", "SCOPE, a\\b"})
  void refusesWhatWouldSpoilTheToken(String name, String value) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> mint(Map.of(name, value)))
        .withMessageStartingWith(name + " must be");
  }

  @Test
  void thePrivateKeyIsItsOwnersAlone() throws Exception {
    mint(Map.of());
    var key = folder.resolve("dev-keys/private.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  /** As {@code make token} does: a class that needs more than the JDK would fail here. */
  @Test
  void runsFromTheSource() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var source =
        PROJECT.resolve(
            "local-stack/src/main/java/dev/banking/localstack/token/DevelopmentToken.java");
    var process =
        new ProcessBuilder(java, source.toString())
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("errors"))).isEmpty();
    assertThat(output).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\n");
  }
}
