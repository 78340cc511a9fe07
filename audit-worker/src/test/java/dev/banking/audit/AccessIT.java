package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read, with {@code AUTH_MODE=jwt}; and that without it nobody else can reach the port. */
class AccessIT {

  private static final TestDatabase DATABASE = new TestDatabase();
  private static Worker worker;
  private static KeyPair pair;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    pair = pair();
    var file = folder.resolve("key.pem");
    var key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
    worker =
        Worker.start(
            DATABASE,
            "--AUTH_MODE=jwt",
            "--JWT_PUBLIC_KEY_FILE=" + file,
            "--JWT_ISSUER_URI=https://issuer.example",
            "--SERVER_ADDRESS=0.0.0.0");
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static KeyPair pair() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    return generator.generateKeyPair();
  }

  @Test
  void letsInWhoMayReadAndRecordsTheirName() throws Exception {
    var answer = get("/api/audit/book", token(Map.of(), pair));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(
            DATABASE
                .superuser()
                .sql("SELECT actor FROM audit.access_log WHERE path = '/api/audit/book'")
                .query(String.class)
                .list())
        .contains("carla");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/audit/book", "/", "/entries/1", "/export.csv", "/nothing"})
  void asksForATokenFirst(String path) throws Exception {
    var answer = get(path, null);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
    assertThat(answer.body()).contains("\"type\":\"unauthorized\"", "\"code\":401");
  }

  static List<Map<String, Object>> wrongClaims() {
    return List.of(
        Map.of("aud", "other"),
        Map.of("iss", "https://other.example"),
        Map.of("exp", Date.from(Instant.now().minus(Duration.ofHours(1)))),
        Map.of("nbf", Date.from(Instant.now().plus(Duration.ofHours(1)))),
        Map.of("exp", "never"));
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void refusesATokenThatIsForSomethingElse(Map<String, Object> claims) throws Exception {
    assertThat(get("/api/audit/book", token(claims, pair)).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesASignatureThatIsNotOurs() throws Exception {
    assertThat(get("/api/audit/book", token(Map.of(), pair())).statusCode()).isEqualTo(401);
    var parts = token(Map.of(), pair).split("\\.", -1);
    var none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII));
    assertThat(get("/api/audit/book", none + "." + parts[1] + ".").statusCode()).isEqualTo(401);
    assertThat(get("/api/audit/book", "nonsense").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"balance:read", "audit:reader", "", "AUDIT:READ"})
  void refusesATokenWithoutTheScope(String scope) throws Exception {
    var answer = get("/api/audit/book", token(Map.of("scope", scope), pair));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"type\":\"forbidden\"");
  }

  @Test
  void keepsABrowsersTokenWhereNoScriptCanReadIt() throws Exception {
    var wanted = HttpRequest.newBuilder(uri("/book")).header("Accept", "text/html").build();
    var asked = client.send(wanted, BodyHandlers.ofString());
    assertThat(asked.statusCode()).isEqualTo(302);
    assertThat(asked.headers().firstValue("location").orElseThrow()).endsWith("/login");

    var token = token(Map.of(), pair);
    var login = post("/login", "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    assertThat(login.statusCode()).isEqualTo(302);
    var cookie = login.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=");
    var again =
        HttpRequest.newBuilder(uri("/book"))
            .header("Accept", "text/html")
            .header("Cookie", cookie.split(";", -1)[0])
            .build();
    var page = client.send(again, BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Sign out");
    assertThat(post("/logout", "").headers().firstValue("set-cookie").orElse(""))
        .isEmpty(); // not without a token
    assertThat(post("/login", "token=nonsense").statusCode()).isEqualTo(401);
  }

  @Test
  void saysThatItIsAliveToEverybody() throws Exception {
    assertThat(get("/api/health", null).statusCode()).isEqualTo(200);
  }

  @Test
  void doesNotStartBeyondLoopbackWithoutAuthentication() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> Worker.start(new TestDatabase(), "--SERVER_ADDRESS=0.0.0.0").close())
        .withStackTraceContaining("AUTH_MODE=none is for loopback only");
    Worker.start(new TestDatabase(), "--SERVER_ADDRESS=0.0.0.0", "--AUTH_ALLOW_ANONYMOUS=true")
        .close();
  }

  @Test
  void doesNotStartWithoutAKeyForTokens() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> Worker.start(new TestDatabase(), "--AUTH_MODE=jwt").close())
        .withStackTraceContaining("AUTH_MODE=jwt needs JWT_PUBLIC_KEY_FILE");
  }

  private static String token(Map<String, Object> claims, KeyPair by) throws Exception {
    var builder =
        new JWTClaimsSet.Builder()
            .subject("carla")
            .issuer("https://issuer.example")
            .audience("banking-api")
            .claim("scope", "balance:read audit:read")
            .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
    for (var claim : claims.entrySet()) {
      builder.claim(claim.getKey(), claim.getValue().equals("never") ? null : claim.getValue());
    }
    var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), builder.build());
    jwt.sign(new RSASSASigner(by.getPrivate()));
    return jwt.serialize();
  }

  private HttpResponse<String> get(String path, @Nullable String token) throws Exception {
    var request = HttpRequest.newBuilder(uri(path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String form) throws Exception {
    var request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .POST(BodyPublishers.ofString(form))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + worker.port() + path);
  }
}
