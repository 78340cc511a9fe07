package dev.banking.loadtests.generator;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The bytes of requests to the API. */
public final class Requests {

  private Requests() {}

  /** Changes a balance. */
  public static byte[] change(URI base, long userId, String amount) {
    return withBody(base, "PUT /api/users/" + userId + "/balance", "{\"amount\": " + amount + "}");
  }

  /** Creates a user. */
  public static byte[] create(URI base, String initialBalance) {
    return withBody(base, "POST /api/users", "{\"initialBalance\": " + initialBalance + "}");
  }

  private static byte[] withBody(URI base, String what, String body) {
    return """
    %s HTTP/1.1\r
    Host: %s:%d\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(what, base.getHost(), base.getPort(), body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
