package dev.banking.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.banking.api.Api;
import dev.banking.api.RawHttp;
import dev.banking.api.RealBackends;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every endpoint × every kind of token, over HTTP. */
@RealBackends
class AuthorizationMatrixIT {

  private static final Tokens ISSUER = Tokens.rsa(2048);
  private static final Tokens STRANGER = Tokens.rsa(2048);
  private static final String EVERYTHING =
      "balance:read balance:write users:create audit:read balance:any";

  /** Nobody's: a foreign user who does not exist must look like one who does. */
  private static final long NOBODY = 999_999_999_999L;

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  private Api api = new Api(0);

  /** A request, the scope that it needs, and whether it is about one user. */
  private record Endpoint(
      String method,
      String path,
      @Nullable String body,
      @Nullable String scope,
      boolean ofUser,
      int success) {}

  /** A way to ask: the Authorization header, and what is answered to it, by endpoint. */
  private record Way(String name, List<String> headers, Expectation expected) {}

  private interface Expectation {
    int status(Endpoint endpoint);
  }

  @DynamicPropertySource
  static void tokens(DynamicPropertyRegistry settings) {
    settings.add("AUTH_MODE", () -> "jwt");
    settings.add("JWT_PUBLIC_KEY_FILE", () -> ISSUER.publicKeyFile().toString());
    settings.add("JWT_ISSUER_URI", () -> Tokens.ISSUER);
    settings.add("RATE_LIMIT_FAILED_LOGIN_CAPACITY", () -> "1000000");
  }

  @BeforeEach
  void connect() {
    api = new Api(port);
  }

  @TestFactory
  Stream<DynamicTest> everyEndpointAndEveryToken() {
    var own = newUser();
    var foreign = newUser();
    var cases = new ArrayList<DynamicTest>();
    for (var endpoint : endpoints(own)) {
      for (var way : ways(own, endpoint)) {
        cases.add(check(endpoint, way));
      }
    }
    for (var user : List.of(foreign, NOBODY)) {
      for (var endpoint : endpoints(user)) {
        var status = endpoint.ofUser() ? 403 : endpoint.success();
        cases.add(check(endpoint, right("user " + own, _ -> {}, own, EVERYTHING_OWN, _ -> status)));
      }
    }
    return Stream.concat(
        cases.stream(),
        Stream.of(dynamicTest(cases.size() + " cases", () -> assertThat(cases).hasSize(444))));
  }

  private static final String EVERYTHING_OWN = EVERYTHING.replace(" balance:any", "");

  private DynamicTest check(Endpoint endpoint, Way way) {
    var expected = way.expected().status(endpoint);
    var name = endpoint.method() + " " + endpoint.path() + " × " + way.name() + " → " + expected;
    return dynamicTest(
        name,
        () -> {
          var answer =
              api.send(
                  endpoint.method(),
                  endpoint.path(),
                  endpoint.body(),
                  way.headers().toArray(String[]::new));
          assertThat(answer.status()).isEqualTo(expected);
          if (expected == 401 || expected == 403) {
            assertShape(endpoint, answer, expected);
          }
        });
  }

  private static void assertShape(Endpoint endpoint, Api.Answer answer, int status) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    if (status == 401) {
      assertThat(answer.header("WWW-Authenticate"))
          .matches("Bearer realm=\"banking-api\"(, error=\"invalid_token\")?");
    }
    if (!endpoint.method().equals("HEAD")) {
      assertThat(answer.text())
          .matches(
              """
              \\{"success":false,"error":\\{"message":"[A-Za-z' ]+","code":%d,"type":"%s",\
              "outcome":"not_applied","requestId":"%s"}}\
              """
                  .formatted(
                      status,
                      status == 401 ? "unauthorized" : "forbidden",
                      answer.header("X-Request-Id")));
    }
  }

  private static List<Endpoint> endpoints(long user) {
    var path = "/api/users/" + user;
    var amount = "{\"amount\":1}";
    return List.of(
        new Endpoint("GET", path, null, "balance:read", true, 200),
        new Endpoint("HEAD", path, null, "balance:read", true, 200),
        new Endpoint("GET", path + "/transactions", null, "balance:read", true, 200),
        new Endpoint("PUT", path + "/balance", amount, "balance:write", true, 200),
        new Endpoint("POST", "/api/users", "{}", "users:create", false, 201),
        new Endpoint("GET", "/api/nothing", null, "", false, 404),
        new Endpoint("DELETE", path, null, "", false, 405),
        new Endpoint("PUT", path + "/balance?not-json", "<xml/>", "balance:write", true, 400),
        new Endpoint("GET", "/api/health", null, null, false, 200),
        new Endpoint("GET", "/openapi.json", null, null, false, 200),
        new Endpoint("GET", "/docs", null, null, false, 200),
        new Endpoint("GET", "/docs/docs.js", null, null, false, 200));
  }

  private static List<Way> ways(long own, Endpoint endpoint) {
    var ways = new ArrayList<Way>(notBelieved(own));
    var needed = endpoint.scope();
    var others =
        Stream.of(EVERYTHING.split(" ", -1))
            .filter(scope -> !scope.equals(needed))
            .collect(java.util.stream.Collectors.joining(" "));
    Expectation success = Endpoint::success;
    Expectation scopeMissing = e -> e.scope() == null || e.scope().isEmpty() ? e.success() : 403;
    Expectation userMissing = e -> e.ofUser() ? 403 : e.success();
    ways.add(right("right token", _ -> {}, own, EVERYTHING_OWN, success));
    ways.add(right("only this scope", _ -> {}, own, needed == null ? "" : needed, success));
    ways.add(right("every other scope", _ -> {}, own, others, scopeMissing));
    ways.add(right("no scope", _ -> {}, own, "", scopeMissing));
    ways.add(
        right("balance:any", claims -> claims.claim("user_id", null), own, EVERYTHING, success));
    ways.add(right("no user", c -> c.claim("user_id", null), own, EVERYTHING_OWN, userMissing));
    ways.add(
        right("user as text", c -> c.claim("user_id", "" + own), own, EVERYTHING_OWN, success));
    ways.add(
        right("user as fraction", c -> c.claim("user_id", 1.5), own, EVERYTHING_OWN, userMissing));
    ways.add(right("user as list", c -> c.claim("user_id", List.of(own)), own, "", scopeMissing));
    ways.add(
        right(
            "scopes as list",
            c -> c.claim("scope", null).claim("scp", List.of(EVERYTHING_OWN.split(" ", -1))),
            own,
            EVERYTHING_OWN,
            success));
    ways.add(
        bearer(
            "at+jwt",
            ISSUER.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(new JOSEObjectType("at+jwt"))
                    .build(),
                c -> c.claim("user_id", own).claim("scope", EVERYTHING_OWN)),
            success));
    return ways;
  }

  /** Tokens that allow everything, if they were believed. */
  private static List<Way> notBelieved(long own) {
    Consumer<JWTClaimsSet.Builder> all =
        claims -> claims.claim("user_id", own).claim("scope", EVERYTHING);
    var good = ISSUER.sign(all);
    Expectation refused = e -> e.scope() == null ? e.success() : 401;
    var ways = new ArrayList<Way>();
    ways.add(new Way("no token", List.of("X-Nothing", "1"), refused));
    ways.add(new Way("Basic", List.of("Authorization", "Basic dTpw"), refused));
    ways.add(
        new Way(
            "two tokens",
            List.of("Authorization", "Bearer " + good, "Authorization", "Bearer " + good),
            refused));
    ways.add(bearer("empty", "", refused));
    ways.add(bearer("garbage", "garbage", refused));
    ways.add(bearer("dots", "a.b.c", refused));
    ways.add(bearer("cut off", good.substring(0, good.length() - 8), refused));
    ways.add(bearer("without signature", good.substring(0, good.lastIndexOf('.') + 1), refused));
    ways.add(bearer("other claims", otherClaims(good), refused));
    ways.add(bearer("wrong key", STRANGER.sign(all), refused));
    ways.add(bearer("key in the token", keyInside(all), refused));
    ways.add(bearer("alg none", Tokens.unsigned(all), refused));
    ways.add(bearer("RS512", ISSUER.sign(new JWSHeader(JWSAlgorithm.RS512), all), refused));
    ways.add(bearer("PS256", ISSUER.sign(new JWSHeader(JWSAlgorithm.PS256), all), refused));
    var der = ISSUER.key().getPublic().getEncoded();
    ways.add(bearer("HS256, key", ISSUER.signWithThePublicKey(der, all), refused));
    var pem = ISSUER.publicPemBytes();
    ways.add(bearer("HS256, PEM", ISSUER.signWithThePublicKey(pem, all), refused));
    var past = Date.from(Instant.now().minusSeconds(3600));
    var future = Date.from(Instant.now().plusSeconds(3600));
    spoiled(ways, "expired", all.andThen(c -> c.issueTime(past).expirationTime(past)));
    spoiled(ways, "ends before it begins", all.andThen(c -> c.expirationTime(past)));
    spoiled(ways, "without an end", all.andThen(c -> c.expirationTime(null)));
    spoiled(ways, "not yet valid", all.andThen(c -> c.notBeforeTime(future)));
    spoiled(ways, "wrong audience", all.andThen(c -> c.audience("another-api")));
    spoiled(ways, "no audience", all.andThen(c -> c.audience((String) null)));
    spoiled(ways, "wrong issuer", all.andThen(c -> c.issuer("https://evil.example")));
    spoiled(ways, "no issuer", all.andThen(c -> c.issuer(null)));
    return ways;
  }

  private static void spoiled(List<Way> ways, String name, Consumer<JWTClaimsSet.Builder> claims) {
    ways.add(bearer(name, ISSUER.sign(claims), e -> e.scope() == null ? e.success() : 401));
  }

  private static String otherClaims(String good) {
    var parts = good.split("\\.", -1);
    var foreign = STRANGER.sign(claims -> claims.claim("scope", EVERYTHING)).split("\\.", -1);
    return parts[0] + "." + foreign[1] + "." + parts[2];
  }

  private static String keyInside(Consumer<JWTClaimsSet.Builder> claims) {
    var jwk = new RSAKey.Builder((RSAPublicKey) STRANGER.key().getPublic()).build();
    return STRANGER.sign(new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(jwk).build(), claims);
  }

  private static Way right(
      String name,
      Consumer<JWTClaimsSet.Builder> change,
      long user,
      String scope,
      Expectation expected) {
    Consumer<JWTClaimsSet.Builder> claims = c -> c.claim("user_id", user).claim("scope", scope);
    return bearer(name, ISSUER.sign(claims.andThen(change)), expected);
  }

  private static Way bearer(String name, String token, Expectation expected) {
    return new Way(name, List.of("Authorization", "Bearer " + token), expected);
  }

  private long newUser() {
    var answer =
        new Api(port)
            .send("POST", "/api/users", "{\"initialBalance\":100}", authorization("maker", 0));
    assertThat(answer.status()).isEqualTo(201);
    return answer.data().path("id").longValue();
  }

  private static String[] authorization(String subject, long user) {
    return new String[] {"Authorization", "Bearer " + ISSUER.of(subject, user, EVERYTHING)};
  }

  @Test
  void whatIsRefusedMovesNothing() {
    var own = newUser();
    for (var way : notBelieved(own)) {
      var headers = way.headers().toArray(String[]::new);
      assertThat(api.put(own, "1", headers).status()).isEqualTo(401);
    }
    assertThat(api.get("/api/users/" + own, authorization("tester", own)).sequence()).isEqualTo(1);
  }

  @Test
  void asksWhoBeforeItReadsAnything() {
    var broken =
        api.send("PUT", "/api/users/abc/balance", "x".repeat(9_000), "Accept", "text/html");
    assertThat(broken.status()).isEqualTo(401);
    var badId = api.get("/api/users/abc", authorization("tester", 1));
    assertThat(badId.status()).isEqualTo(400);
    assertThat(badId.errorType()).isEqualTo("invalid_request");
  }

  @Test
  void saysTheSameAsAProblem() {
    var answer =
        api.get("/api/users/1", "Accept", "application/problem+json", "X-Request-Id", "mine");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body().path("type").stringValue(""))
        .isEqualTo("urn:banking:error:unauthorized");
    assertThat(answer.body().path("requestId").stringValue("")).isEqualTo("mine");
  }

  @Test
  void aForeignUserLooksTheSameWhetherThereIsOneOrNot() {
    var own = newUser();
    var foreign = newUser();
    var headers =
        new String[] {
          "Authorization",
          "Bearer " + ISSUER.of("tester", own, EVERYTHING_OWN),
          "X-Request-Id",
          "same"
        };
    var there = api.get("/api/users/" + foreign, headers);
    var notThere = api.get("/api/users/" + NOBODY, headers);
    assertThat(there.status()).isEqualTo(403);
    assertThat(notThere.text()).isEqualTo(there.text());
    assertThat(notThere.http().headers().map().keySet())
        .isEqualTo(there.http().headers().map().keySet());
  }

  @Test
  void namesTheMissingScope() {
    var token = ISSUER.of("tester", 1, "balance:read");
    var answer = api.put(1, "1", "Authorization", "bearer " + token);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo(
            "Bearer realm=\"banking-api\", error=\"insufficient_scope\", scope=\"balance:write\"");
  }

  @Test
  void aPathWrittenInAnotherWayNeedsATokenToo() {
    for (var path :
        List.of(
            "/docs/../api/users/1",
            "/docs/%2e%2e/api/users/1",
            "/api/%75sers/1",
            "//api/users/1",
            "/docs/..;/api/users/1",
            "/api/health/../users/1",
            "/docs;x/../api/users/1")) {
      assertThat(new RawHttp(port).status("GET " + path)).as(path).isIn(400, 401, 404);
    }
  }

  @Test
  void theSubjectIsTheActor() {
    var subject = "auth0|alice@example.com";
    var own = newUser();
    assertThat(api.put(own, "2.5", authorization(subject, own)).status()).isEqualTo(200);
    assertThat(
            jdbc.sql("SELECT actor FROM banking.ledger_entry WHERE user_id = ? AND sequence = 2")
                .param(own)
                .query(String.class)
                .single())
        .isEqualTo(subject);
    assertThat(
            jdbc.sql("SELECT actor FROM banking.ledger_entry WHERE user_id = ? AND sequence = 1")
                .param(own)
                .query(String.class)
                .single())
        .isEqualTo("maker");
  }

  @Test
  void withoutASubjectTheUserIsTheActor() {
    var own = newUser();
    Consumer<JWTClaimsSet.Builder> claims = c -> c.subject(null).claim("scope", EVERYTHING);
    var withUser = ISSUER.sign(claims.andThen(c -> c.claim("user_id", own)));
    assertThat(api.put(own, "1", "Authorization", "Bearer " + withUser).status()).isEqualTo(200);
    assertThat(
            jdbc.sql("SELECT actor FROM banking.ledger_entry WHERE user_id = ? AND sequence = 2")
                .param(own)
                .query(String.class)
                .single())
        .isEqualTo("user:" + own);
    assertThat(api.put(own, "1", "Authorization", "Bearer " + ISSUER.sign(claims)).status())
        .isEqualTo(401);
  }

  @TestFactory
  Stream<DynamicTest> aSubjectThatCannotBeWrittenDownIsRefused() {
    return Stream.of(
            "", " ", "a b", "a\nb", "<b>", "\"q\"", "x".repeat(129), "anonymous", "demo-user", "é")
        .map(subject ->
            dynamicTest(
                "subject " + subject.length(),
                () ->
                    assertThat(
                            api.get(
                                    "/api/users/1",
                                    "Authorization",
                                    "Bearer " + ISSUER.of(subject, 1, EVERYTHING))
                                .status())
                        .isEqualTo(401)));
  }
}
