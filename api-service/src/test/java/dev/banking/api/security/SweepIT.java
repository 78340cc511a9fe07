package dev.banking.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.api.Api;
import dev.banking.api.RawHttp;
import dev.banking.api.RealBackends;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What a scanner would try, at every endpoint and in every place: whoever it is, and whether they
 * have a token or not, they learn nothing about the inside.
 */
@RealBackends
class SweepIT {

  private static final Tokens ISSUER = Tokens.rsa(2048);

  private static final Pattern INSIDE =
      Pattern.compile(
          "(?i)<html|<!doctype|<body|exception|\\bat [a-z]+\\.[a-z.]+\\(|stack ?trace|jdbc:|postgres"
              + "|tomcat|spring|hibernate|SQLSTATE|/work/|/home/");

  private static final List<String> ENDPOINTS =
      List.of(
          "GET /api/users/%s",
          "PUT /api/users/%s/balance",
          "GET /api/users/%s/transactions",
          "POST /api/users/%s",
          "GET /api/health/%s",
          "GET /docs/%s",
          "GET /%s",
          "DELETE /api/users/%s",
          "PATCH /api/users/%s/balance",
          "OPTIONS /api/users/%s",
          "HEAD /api/users/%s");

  /** As they travel: what may not be in a request line is encoded, and sometimes wrongly. */
  private static final List<String> BAD =
      List.of(
          "1",
          "'%20OR%201=1--",
          "1;DROP%20TABLE%20account",
          "1%27%22%60",
          "%3Cscript%3Ealert(1)%3C/script%3E",
          "..%2f..%2f..%2fetc%2fpasswd",
          "../../../../etc/passwd",
          "....//....//etc/passwd",
          "%2e%2e%2f%2e%2e%2f",
          "%c0%ae%c0%ae/",
          "%00",
          "1%00.json",
          "%0d%0aSet-Cookie:%20x=1",
          "%u0061",
          "%zz",
          "%",
          "$%7Bjndi:ldap://127.0.0.1:1/x%7D",
          "%7B%7B7*7%7D%7D",
          "$%7B7*7%7D",
          "%23%7B7*7%7D",
          "WEB-INF/web.xml",
          "META-INF/MANIFEST.MF",
          "application.yml",
          "actuator/env",
          "actuator/heapdump",
          ".git/config",
          ".env",
          "swagger-ui/index.html",
          "h2-console",
          "-1",
          "0",
          "9223372036854775808",
          "1e309",
          "NaN",
          "null",
          "undefined",
          "true",
          "%F0%9F%92%B0",
          "%EF%BF%BE",
          "a".repeat(2_000));

  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "null",
          "[]",
          "\"\"",
          "{\"amount\":{\"$gt\":\"\"}}",
          "{\"amount\":\"1' OR '1'='1\"}",
          "{\"__proto__\":{\"a\":1}}",
          "{\"amount\":1e999999}",
          "{\"initialBalance\":-1}",
          "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
          "amount=1",
          "{\"amount\":1,\"amount\":2}",
          "[".repeat(3_000),
          "\u0000");

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void tokens(DynamicPropertyRegistry settings) {
    settings.add("AUTH_MODE", () -> "jwt");
    settings.add("JWT_PUBLIC_KEY_FILE", () -> ISSUER.publicKeyFile().toString());
    settings.add("RATE_LIMIT_ENABLED", () -> "false");
    settings.add("RATE_LIMIT_FAILED_LOGIN_CAPACITY", () -> "1000000");
  }

  private static String authorization() {
    return "Authorization: Bearer "
        + ISSUER.of("scanner", 1, "balance:read balance:write users:create balance:any");
  }

  @Test
  void inPathsQueriesAndHeaders() {
    var raw = new RawHttp(port);
    var right = authorization();
    var leaks = new ArrayList<String>();
    var requests = 0;
    for (var bad : BAD) {
      for (var endpoint : ENDPOINTS) {
        for (var authorization : List.of(right, "X-None: 1", "Authorization: " + bad)) {
          check(raw, endpoint.formatted(bad), List.of(authorization), leaks);
          var query = endpoint.formatted("1") + "?limit=" + bad + "&before=" + bad + "&" + bad;
          check(raw, query, List.of(authorization), leaks);
          requests += 2;
        }
        for (var name :
            List.of(
                "Idempotency-Key",
                "If-Match",
                "X-Request-Id",
                "Accept",
                "Content-Type",
                "traceparent",
                "Cache-Control",
                "X-Forwarded-For",
                "X-HTTP-Method-Override",
                "Origin")) {
          check(raw, endpoint.formatted("1"), List.of(right, name + ": " + bad), leaks);
          requests++;
        }
      }
    }
    LoggerFactory.getLogger(SweepIT.class).info("{} requests swept, {}", requests, leaks);
    assertThat(leaks).isEmpty();
  }

  @Test
  void inBodies() {
    var api = new Api(port);
    var token = authorization().substring("Authorization: ".length());
    for (var body : BODIES) {
      for (var method : List.of("PUT", "POST", "PATCH", "DELETE")) {
        for (var path :
            List.of("/api/users", "/api/users/1/balance", "/api/users/1", "/docs", "/x")) {
          for (var type :
              List.of("application/json", "text/xml", "application/x-www-form-urlencoded")) {
            var answer = api.send(method, path, body, "Authorization", token, "Content-Type", type);
            var what = method + " " + path + " " + type + " " + body;
            assertThat(answer.status()).as(what).isLessThan(500);
            assertThat(INSIDE.matcher(answer.text()).find()).as(what + answer.text()).isFalse();
          }
        }
      }
    }
  }

  private static void check(
      RawHttp raw, String requestLine, List<String> headers, List<String> leaks) {
    var answer = raw.answer(requestLine, headers.toArray(String[]::new));
    var head = answer.substring(0, Math.max(0, answer.indexOf("\r\n\r\n")));
    var isPage = requestLine.startsWith("GET /docs");
    if (!answer.matches("(?s)HTTP/1\\.1 [1-4]\\d\\d .*")
        || (!isPage && INSIDE.matcher(answer).find())
        || head.contains("\r\nServer:")
        || head.contains("\r\nSet-Cookie:")
        || !head.contains("X-Content-Type-Options: nosniff")
        || !head.contains("Referrer-Policy: no-referrer")
        || !head.contains("Content-Security-Policy: ")) {
      leaks.add(requestLine + " " + headers + " → " + answer.lines().limit(3).toList());
    }
  }
}
