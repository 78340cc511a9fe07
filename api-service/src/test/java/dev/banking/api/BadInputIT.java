package dev.banking.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is sent is answered in the one shape of errors, soon, and moves nothing. Sent over a raw
 * socket, because a well-behaved client would not let most of it out.
 */
@RealBackends
class BadInputIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration SOON = Duration.ofSeconds(2);

  private static final Pattern CONTENT_LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");

  @LocalServerPort private int port;
  private long user;

  /** A request, and the answer that it deserves. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Bad(byte[] request, int status, String type) {}

  @BeforeEach
  void createUser() {
    user = new Api(port).createUser("100");
  }

  @Test
  void answersEveryBadRequestInTheShapeOfErrors() throws IOException {
    var bad = new ArrayList<Bad>();
    bodies().forEach(body -> bad.add(new Bad(put(user, body), 400, "invalid_request")));
    userIds().forEach(id -> bad.add(new Bad(putTo(id), 400, "invalid_request")));
    queries().forEach(query -> bad.add(new Bad(history(query), 400, "invalid_request")));
    headers().forEach(header -> bad.add(new Bad(putWith(header), 400, "invalid_request")));
    rawRequests().forEach(bad::add);
    assertThat(bad).hasSizeGreaterThan(120);
    var softly = new SoftAssertions();
    for (var one : bad) {
      check(softly, one);
    }
    softly.assertAll();
    var after = new Api(port).get("/api/users/" + user, "Cache-Control", "no-cache");
    assertThat(after.sequence()).as("nothing moved").isEqualTo(1);
  }

  private void check(SoftAssertions softly, Bad bad) throws IOException {
    var shown = new String(bad.request(), StandardCharsets.ISO_8859_1);
    shown = shown.length() > 300 ? shown.substring(0, 300) + "…" : shown;
    var start = System.nanoTime();
    var answer = exchange(bad.request());
    softly.assertThat(Duration.ofNanos(System.nanoTime() - start)).as(shown).isLessThan(SOON);
    softly.assertThat(answer).as(shown).startsWith("HTTP/1.1 " + bad.status());
    softly.assertThat(answer).as(shown).contains("X-Request-Id: ");
    softly.assertThat(answer).as(shown).doesNotContain("Exception", "at dev.", "<html");
    if (!answer.contains("\r\n\r\n{")) {
      softly.fail(shown + " was answered without JSON: " + answer);
      return;
    }
    JsonNode error = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4)).path("error");
    softly.assertThat(error.path("type").stringValue("")).as(shown).isEqualTo(bad.type());
    softly.assertThat(error.path("code").intValue()).as(shown).isEqualTo(bad.status());
    softly.assertThat(error.path("outcome").stringValue("")).as(shown).isEqualTo("not_applied");
    softly.assertThat(error.path("message").stringValue("")).as(shown).isNotEmpty();
    softly.assertThat(error.path("requestId").stringValue("")).as(shown).isNotEmpty();
  }

  private static Stream<String> bodies() {
    return Stream.of(
        "",
        " ",
        "{",
        "}",
        "[]",
        "[{\"amount\":1}]",
        "null",
        "true",
        "1",
        "\"1\"",
        "{}",
        "{\"amount\"}",
        "{\"amount\":}",
        "{amount:1}",
        "{'amount':1}",
        "{\"amount\":1,}",
        "{\"amount\":1}}",
        "{\"amount\":1} x",
        "{\"amount\":1}{\"amount\":1}",
        "// comment\n{\"amount\":1}",
        "{\"amount\":1,\"amount\":2}",
        "{\"amount\":1,\"amount\":1}",
        "{\"amount\":1,\"other\":2}",
        "{\"Amount\":1}",
        "{\"amount\":1,\"\\u0000\":2}",
        "{\"amount\":null}",
        "{\"amount\":true}",
        "{\"amount\":false}",
        "{\"amount\":[]}",
        "{\"amount\":[1]}",
        "{\"amount\":{}}",
        "{\"amount\":{\"value\":1}}",
        "{\"amount\":\"\"}",
        "{\"amount\":\" \"}",
        "{\"amount\":\" 1\"}",
        "{\"amount\":\"1 \"}",
        "{\"amount\":\"+1\"}",
        "{\"amount\":\"1.\"}",
        "{\"amount\":\".5\"}",
        "{\"amount\":\"01\"}",
        "{\"amount\":\"1e2\"}",
        "{\"amount\":\"1,50\"}",
        "{\"amount\":\"1_000\"}",
        "{\"amount\":\"0x10\"}",
        "{\"amount\":\"NaN\"}",
        "{\"amount\":\"١\"}",
        "{\"amount\":\"1.001\"}",
        "{\"amount\":\"10000000000000\"}",
        "{\"amount\":\"abc\"}",
        "{\"amount\":\"null\"}",
        "{\"amount\":+1}",
        "{\"amount\":01}",
        "{\"amount\":1.}",
        "{\"amount\":.5}",
        "{\"amount\":0x10}",
        "{\"amount\":NaN}",
        "{\"amount\":Infinity}",
        "{\"amount\":-}",
        "{\"amount\":--1}",
        "{\"amount\":1e}",
        "{\"amount\":0}",
        "{\"amount\":-0}",
        "{\"amount\":0.00}",
        "{\"amount\":0e5}",
        "{\"amount\":\"0\"}",
        "{\"amount\":\"-0.00\"}",
        "{\"amount\":0.001}",
        "{\"amount\":1.000}",
        "{\"amount\":1e-3}",
        "{\"amount\":1e-1000000000}",
        "{\"amount\":10000000000000}",
        "{\"amount\":-10000000000000}",
        "{\"amount\":9999999999999.999}",
        "{\"amount\":1e13}",
        "{\"amount\":1e3000000}",
        "{\"amount\":1e1000000000}",
        "{\"amount\":-1e1000000000}",
        "{\"amount\":1e99999999999999999999}",
        "{\"amount\":" + "9".repeat(2000) + "}",
        "{\"amount\":0." + "0".repeat(2000) + "1}",
        "{\"a\":".repeat(500) + "1" + "}".repeat(500),
        "[".repeat(2000),
        "{\"amount\":\"\\ud800\"}",
        "{\"" + "x".repeat(3000) + "\":1}",
        "\u0000",
        "{\"amount\":1\u0000}");
  }

  private static Stream<String> userIds() {
    return Stream.of(
        "0",
        "-1",
        "+1",
        "01",
        "1.0",
        "1e1",
        "0x10",
        "abc",
        "%20",
        "%201",
        "1%20",
        "%2B1",
        "1,2",
        "9223372036854775808",
        "99999999999999999999",
        "%D9%A1",
        "%00",
        "null",
        "*",
        "1;x=1",
        "1%3B",
        "NaN",
        "%F0%9F%92%B0",
        "1%0A");
  }

  private static Stream<String> queries() {
    return Stream.of(
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=abc",
        "limit=",
        "limit=1.5",
        "limit=+5",
        "limit=1&limit=2",
        "limit=99999999999999999999",
        "before=0",
        "before=-1",
        "before=x",
        "before=",
        "before=9223372036854775808",
        "before=1&before=2",
        "before=0x10",
        "limit=%zz",
        "limit=%C3%28",
        "%zz=1");
  }

  private static Stream<String> headers() {
    return Stream.of(
        "Idempotency-Key: ",
        "Idempotency-Key: with space",
        "Idempotency-Key: a/b",
        "Idempotency-Key: " + "k".repeat(129),
        "Idempotency-Key: käy",
        "Idempotency-Key: \"quoted\"",
        "Idempotency-Key: one\r\nIdempotency-Key: two",
        "If-Match: 7",
        "If-Match: ",
        "If-Match: \"7",
        "If-Match: \"7\" \"8\"",
        "If-Match: \"7\",",
        "If-Match: *, \"7\"",
        "If-Match: w/\"7\"");
  }

  private Stream<Bad> rawRequests() {
    var host = "Host: localhost\r\n";
    var close = "Connection: close\r\n\r\n";
    return Stream.of(
        raw("GARBAGE\r\n\r\n", 400, "invalid_request"),
        raw("GET\r\n\r\n", 400, "invalid_request"),
        raw("GET /api/users/1 HTTP/9.9\r\n" + host + close, 505, "internal_error"),
        raw("GET /api/users/1 HTTP/1.1\r\n" + close, 400, "invalid_request"),
        raw("GET /api/users/1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + close, 400, "invalid_request"),
        raw("GET /api/users/1 HTTP/1.1\r\nHost: evil.example\r\n" + close, 403, "forbidden"),
        raw("GET /api/users/1 HTTP/1.1\r\nHost: localhost.evil\r\n" + close, 403, "forbidden"),
        raw("GET /api/users/%zz HTTP/1.1\r\n" + host + close, 400, "invalid_request"),
        raw("GET /api/users/%C0%AF HTTP/1.1\r\n" + host + close, 400, "invalid_request"),
        raw("GET /api/users/1%2Fbalance HTTP/1.1\r\n" + host + close, 400, "invalid_request"),
        raw("GET /api/users/../users/<x> HTTP/1.1\r\n" + host + close, 400, "invalid_request"),
        raw("GET /api/users/1?%zz HTTP/1.1\r\n" + host + close, 400, "invalid_request"),
        raw("GET /api/users/1?a=\"<> HTTP/1.1\r\n" + host + close, 400, "invalid_request"),
        raw("GET http://[bad HTTP/1.1\r\n" + host + close, 400, "invalid_request"),
        raw(
            "GET /api/health HTTP/1.1\r\n" + host + "X: " + "x".repeat(9000) + "\r\n" + close,
            400,
            "invalid_request"),
        raw("GET /" + "x".repeat(9000) + " HTTP/1.1\r\n" + host + close, 400, "invalid_request"),
        raw(
            "GET /api/health HTTP/1.1\r\n" + host + "Bad Header: x\r\n" + close,
            400,
            "invalid_request"),
        raw("FOO /api/health HTTP/1.1\r\n" + host + close, 405, "method_not_allowed"),
        raw("TRACE /api/health HTTP/1.1\r\n" + host + close, 405, "method_not_allowed"),
        raw("G@T /api/health HTTP/1.1\r\n" + host + close, 400, "invalid_request"),
        raw(putHead(user) + "Content-Length: abc\r\n" + close, 400, "invalid_request"),
        raw(putHead(user) + "Content-Length: -1\r\n" + close, 400, "invalid_request"),
        raw(
            putHead(user) + "Content-Length: 1\r\nContent-Length: 2\r\n" + close + "{}",
            400,
            "invalid_request"),
        raw(putHead(user) + "Transfer-Encoding: nonsense\r\n" + close, 501, "method_not_allowed"),
        raw(
            putHead(user) + "Transfer-Encoding: chunked\r\n" + close + "zz\r\n{}\r\n0\r\n\r\n",
            400,
            "invalid_request"),
        raw(
            putHead(user) + "Content-Length: 4097\r\n" + close + "x".repeat(4097),
            413,
            "payload_too_large"),
        raw(
            putHead(user)
                + "Transfer-Encoding: chunked\r\n"
                + close
                + "1400\r\n"
                + " ".repeat(0x1400)
                + "\r\n0\r\n\r\n",
            413,
            "payload_too_large"),
        raw(putHead(user) + "Content-Length: 99999999999\r\n" + close, 413, "payload_too_large"),
        raw(
            putHead(user).replace("application/json", "text/plain")
                + "Content-Length: 2\r\n"
                + close
                + "{}",
            415,
            "unsupported_media_type"),
        raw(
            putHead(user).replace("Content-Type: application/json\r\n", "")
                + "Content-Length: 2\r\n"
                + close
                + "{}",
            415,
            "unsupported_media_type"),
        raw(
            putHead(user).replace("application/json", "nonsense")
                + "Content-Length: 2\r\n"
                + close
                + "{}",
            415,
            "unsupported_media_type"),
        raw(withType("multipart/form-data"), 415, "unsupported_media_type"),
        raw(withType("application/x-www-form-urlencoded"), 415, "unsupported_media_type"),
        new Bad(utf16(), 400, "invalid_request"),
        new Bad(brokenUtf8(), 400, "invalid_request"));
  }

  /** A body that no parser of forms can read. */
  private String withType(String type) {
    return putHead(user).replace("application/json", type)
        + "Content-Length: 5\r\nConnection: close\r\n\r\na=%zz";
  }

  private byte[] utf16() {
    return withBody(putHead(user), "{\"amount\":1}".getBytes(StandardCharsets.UTF_16BE));
  }

  private byte[] brokenUtf8() {
    return withBody(putHead(user), "{\"amount\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Bad raw(String request, int status, String type) {
    return new Bad(request.getBytes(StandardCharsets.ISO_8859_1), status, type);
  }

  private static String putHead(Object userId) {
    return "PUT /api/users/"
        + userId
        + "/balance HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/json\r\n";
  }

  private static byte[] put(long userId, String body) {
    return withBody(putHead(userId), body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] putTo(String userId) {
    return withBody(putHead(userId), "{\"amount\":1}".getBytes(StandardCharsets.UTF_8));
  }

  private byte[] putWith(String header) {
    return withBody(
        putHead(user) + header + "\r\n", "{\"amount\":1}".getBytes(StandardCharsets.UTF_8));
  }

  private byte[] history(String query) {
    return ("GET /api/users/"
            + user
            + "/transactions?"
            + query
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Tomcat alone would close it after each 400, as if the end of the request were not known. */
  @Test
  void aRequestThatIsRefusedKeepsItsConnection() throws IOException {
    var poor = new Api(port).createUser("1");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) SOON.toMillis());
      for (var body : List.of("{\"amount\":-2}", "{\"amount\":0}", "{", "{\"amount\":1}x", "")) {
        var request = putHead(poor) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var answer = new String(readAll(socket), StandardCharsets.UTF_8);
        assertThat(answer).as(body).startsWith("HTTP/1.1 400 ").doesNotContain("Connection: close");
      }
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(readAll(socket), StandardCharsets.UTF_8))
          .as("without a Host, refused by the server itself")
          .startsWith("HTTP/1.1 400 ")
          .contains("Connection: close");
    }
  }

  private static byte[] withBody(String head, byte[] body) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(
        ("Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private String exchange(byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) SOON.plusSeconds(1).toMillis());
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return new String(readAll(socket), StandardCharsets.UTF_8);
    }
  }

  /** Until the answer is complete; a reset after it is as good. */
  private static byte[] readAll(Socket socket) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var buffer = new byte[8192];
    try {
      for (int read; !isComplete(bytes) && (read = socket.getInputStream().read(buffer)) > 0; ) {
        bytes.write(buffer, 0, read);
      }
    } catch (IOException e) {
      if (bytes.size() == 0) {
        bytes.writeBytes(("no answer: " + e).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isComplete(ByteArrayOutputStream bytes) {
    var answer = bytes.toString(StandardCharsets.ISO_8859_1);
    var length = CONTENT_LENGTH.matcher(answer);
    var body = answer.indexOf("\r\n\r\n") + 4;
    return length.find() && answer.length() >= body + Integer.parseInt(length.group(1));
  }

  @Test
  void acceptsWhatIsUnusualButRight() {
    var api = new Api(port);
    var path = "/api/users/" + user + "/balance";
    for (var body :
        List.of(
            "{\"amount\":1e2}",
            "{\"amount\":1.5E1}",
            "{\"amount\":\"100.50\"}",
            "{\"amount\":\"-0.01\"}",
            " {\n\t\"amount\" : 1 } \r\n",
            "{\"\\u0061mount\":1}",
            "{\"amount\":1}" + " ".repeat(4084))) {
      assertThat(api.send("PUT", path, body).status()).as(body).isEqualTo(200);
    }
    assertThat(api.get("/api/users/" + user).data().path("balance").toString()).isEqualTo("318.49");
    assertThat(
            api.get("/api/users/" + user + "/transactions?limit=200&before=9223372036854775807&x=1")
                .status())
        .isEqualTo(200);
  }

  /** Of an ordinary client, which sends all of it before it reads the answer. */
  @ParameterizedTest
  @ValueSource(ints = {5_000, 100_000, 5_000_000, 15_000_000})
  void saysThatABodyIsTooLargeToWhoeverSendsAllOfIt(int length) throws IOException {
    var user = new Api(port).createUser("1");
    for (var framing : List.of("Content-Length: " + length, "Transfer-Encoding: chunked")) {
      var body = " ".repeat(length);
      var chunked = Integer.toHexString(length) + "\r\n" + body + "\r\n0\r\n\r\n";
      var request =
          putHead(user)
              + framing
              + "\r\nConnection: close\r\n\r\n"
              + (framing.endsWith("chunked") ? chunked : body);
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer)
            .startsWith("HTTP/1.1 413")
            .contains("\"type\":\"payload_too_large\",\"outcome\":\"not_applied\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/users", "/api/users/1", "/api/users/1/balance", "/api/health", "/docs"})
  void traceHasTheSameAllowAsAnyOtherWrongMethod(String path) {
    var trace = new RawHttp(port).answer("TRACE " + path, "X-Secret: mine");
    var patch = new RawHttp(port).answer("PATCH " + path);
    assertThat(trace).startsWith("HTTP/1.1 405").doesNotContain("mine");
    assertThat(allow(trace)).isEqualTo(allow(patch)).isNotEmpty().doesNotContain("DELETE");
    assertThat(new RawHttp(port).status("TRACE /api/nothing")).isEqualTo(404);
  }

  private static String allow(String answer) {
    return answer
        .lines()
        .filter(line -> line.startsWith("Allow:"))
        .collect(java.util.stream.Collectors.joining());
  }
}
