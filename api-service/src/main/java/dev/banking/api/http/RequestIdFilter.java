package dev.banking.api.http;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives each request its id, and each reply the headers that all replies have. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestIdFilter extends OncePerRequestFilter {

  static final String REQUEST_ID = "X-Request-Id";

  // Version ff is invalid, all-zero ids are too:
  // https://www.w3.org/TR/trace-context/#traceparent-header
  private static final Pattern TRACEPARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  /** For a reply that a browser takes for a page all the same; the real page sets its own. */
  private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  private final Draining draining;

  RequestIdFilter(Draining draining) {
    this.draining = draining;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var requestId = requestIdOf(request.getHeader(REQUEST_ID));
    new RequestContext(
            RequestContext.ANONYMOUS, requestId, traceparentOf(request.getHeader("traceparent")))
        .storeIn(request);
    addCommonHeaders(response, requestId);
    response.setHeader("Cache-Control", isRead(request) ? "private, no-cache" : "no-store");
    if (draining.isDraining()) {
      response.setHeader("Connection", "close");
    }
    chain.doFilter(request, response);
  }

  static void addCommonHeaders(HttpServletResponse response, String requestId) {
    response.setHeader(REQUEST_ID, requestId);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Content-Security-Policy", NO_PAGE);
  }

  private static boolean isRead(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  static String requestIdOf(@Nullable String sent) {
    return sent != null && Token.isValid(sent) ? sent : IDS.generate().toString();
  }

  private static @Nullable String traceparentOf(@Nullable String sent) {
    return sent != null && TRACEPARENT.matcher(sent).matches() ? sent : null;
  }
}
