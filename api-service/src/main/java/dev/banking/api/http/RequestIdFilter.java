package dev.banking.api.http;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.banking.api.tracing.RequestTimes;
import dev.banking.api.tracing.RequestTrace;
import dev.banking.api.tracing.Traceparent;
import dev.banking.api.tracing.Tracing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Gives each request its id and its trace, each line that is logged meanwhile both of them, and
 * each reply the headers that all replies have.
 */
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

  /** As ECS calls them, see https://www.elastic.co/docs/reference/ecs/ecs-field-reference. */
  private static final String LOGGED_REQUEST = "http.request.id";

  private static final String LOGGED_TRACE = "trace.id";

  private final Draining draining;
  private final Tracing tracing;

  RequestIdFilter(Draining draining, Tracing tracing) {
    this.draining = draining;
    this.tracing = tracing;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var times = new RequestTimes();
    var requestId = requestIdOf(request.getHeader(REQUEST_ID));
    var trace = traceOf(request, requestId);
    new RequestContext(RequestContext.ANONYMOUS, requestId, trace.traceparent(), times)
        .storeIn(request);
    addCommonHeaders(response, requestId);
    response.setHeader("Cache-Control", isRead(request) ? "private, no-cache" : "no-store");
    if (draining.isDraining()) {
      response.setHeader("Connection", "close");
    }
    var status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    logAs(requestId, trace.traceparent());
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      MDC.clear();
      var route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
      trace.end(times, status, route == null ? null : route.toString());
    }
  }

  /** Of the health check and the pages there is nothing to learn. */
  private RequestTrace traceOf(HttpServletRequest request, String requestId) {
    var sent = traceparentOf(request.getHeader("traceparent"));
    return request.getRequestURI().startsWith("/api/users")
        ? tracing.request(request.getMethod(), requestId, sent)
        : RequestTrace.none(sent);
  }

  private static void logAs(String requestId, @Nullable String traceparent) {
    MDC.put(LOGGED_REQUEST, requestId);
    if (traceparent != null) {
      MDC.put(LOGGED_TRACE, Traceparent.traceId(traceparent));
    }
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
