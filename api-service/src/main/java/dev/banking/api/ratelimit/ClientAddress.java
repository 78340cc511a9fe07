package dev.banking.api.ratelimit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Which address asks. {@code X-Forwarded-For} is whatever a client likes to write, so it is read
 * only when a trusted proxy sent the request, from the right, up to the first address that is no
 * trusted proxy. An IPv6 client owns at least a /64 and counts as one.
 */
@Component
class ClientAddress {

  private static final int PREFIX_BYTES = 8;

  private final Set<String> trustedProxies;

  ClientAddress(RateLimitProperties properties) {
    trustedProxies = Set.copyOf(properties.trustedProxies());
  }

  String of(HttpServletRequest request) {
    var address = request.getRemoteAddr();
    if (trustedProxies.contains(address)) {
      var hops =
          Collections.list(request.getHeaders("X-Forwarded-For")).stream()
              .flatMap(value -> List.of(value.split(",", -1)).stream())
              .map(String::strip)
              .toList();
      for (var hop : hops.reversed()) {
        address = hop;
        if (!trustedProxies.contains(hop)) {
          break;
        }
      }
    }
    return normal(address);
  }

  /** What is no address counts as one: a proxy that writes such things is one caller. */
  private static String normal(String address) {
    try {
      var parsed = InetAddress.ofLiteral(address);
      if (!(parsed instanceof Inet6Address)) {
        return parsed.getHostAddress();
      }
      var bytes = parsed.getAddress();
      Arrays.fill(bytes, PREFIX_BYTES, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (IllegalArgumentException | UnknownHostException _) {
      return "unknown";
    }
  }
}
