package dev.banking.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import dev.banking.api.settings.SettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;

/** Where keys come from, and which settings make no sense. */
class DecodersTest {

  private static final Tokens RSA = Tokens.rsa(2048);

  @TempDir private Path folder;

  private static JwtProperties settings(
      String issuer, String jwkSet, String file, String algorithm) {
    var second = Duration.ofSeconds(1);
    return new JwtProperties(
        issuer, jwkSet, file, "banking-api", algorithm, second, second, second, second, 10);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("key.pem"), text).toString();
  }

  @ParameterizedTest
  @CsvSource({"secp256r1, ES256", "secp384r1, ES384", "secp521r1, ES512"})
  void takesAKeyOnTheAlgorithmsCurve(String curve, String algorithm) throws IOException {
    var issuer = Tokens.ec(curve);
    var decoder = Decoders.of(settings("", "", file(issuer.publicPem()), algorithm));
    var token = issuer.sign(new JWSHeader(JWSAlgorithm.parse(algorithm)), _ -> {});
    assertThat(decoder.decode(token).getSubject()).isEqualTo("tester");
  }

  @Test
  void refusesAKeyThatDoesNotFit() throws IOException {
    refuses(settings("", "", file(Tokens.ec("secp384r1").publicPem()), "ES256"), "has no key for");
    refuses(settings("", "", file(Tokens.ec("secp256r1").publicPem()), "RS256"), "has no key for");
    refuses(settings("", "", file(RSA.publicPem()), "ES256"), "has no key for");
    refuses(settings("", "", file(Tokens.rsa(1024).publicPem()), "RS256"), "2048 bits");
    refuses(settings("", "", file(RSA.privatePem()), "RS256"), "no PEM block BEGIN PUBLIC KEY");
    refuses(settings("", "", folder.resolve("none").toString(), "RS256"), "cannot be read");
    refuses(settings("", "", file("x".repeat(70_000)), "RS256"), "too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "HS512", "rs256", "", "RS256,ES256"})
  void refusesAnAlgorithmThatIsNotOneOfThePublicKeyOnes(String algorithm) throws IOException {
    refuses(settings("", "", file(RSA.publicPem()), algorithm), "JWT_ALGORITHM must be one of");
  }

  @Test
  void refusesNoSourceOfKeysAndTwo() throws IOException {
    refuses(settings("", "", "", "RS256"), "needs JWT_PUBLIC_KEY_FILE");
    refuses(
        settings("", "http://127.0.0.1:1/", file(RSA.publicPem()), "RS256"), "exclude each other");
  }

  private static void refuses(JwtProperties properties, String why) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> Decoders.of(properties))
        .withMessageContaining(why);
  }

  @Test
  void findsTheKeysOfAnIssuerThatComesLater() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    var decoder = Decoders.of(settings(issuer, "", "", "RS256"));
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build();
    var token = RSA.sign(header, claims -> claims.issuer(issuer));
    server.createContext("/", exchange -> exchange.sendResponseHeaders(503, -1));
    server.start();
    try {
      assertThatExceptionOfType(JwtDecoderInitializationException.class)
          .isThrownBy(() -> decoder.decode(token));
      var keys =
          new JWKSet(new RSAKey.Builder((RSAPublicKey) RSA.key().getPublic()).keyID("one").build());
      answer(server, "/keys", keys.toString());
      answer(
          server,
          "/.well-known/openid-configuration",
          "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}");
      assertThat(decoder.decode(token).getSubject()).isEqualTo("tester");
      assertThatExceptionOfType(BadJwtException.class)
          .isThrownBy(() -> decoder.decode(Tokens.rsa(2048).sign(header, c -> c.issuer(issuer))));
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpServer server, String path, String json) {
    server.createContext(
        path,
        exchange -> {
          var bytes = json.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
