package dev.banking.api.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banking.api.http.ApiError;
import dev.banking.api.http.ErrorReply;
import dev.banking.api.http.ErrorType;
import dev.banking.api.http.RequestContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses who asks too often. Comes after the guard, so that a principal is known by name: who has
 * a token is limited wherever they call from, and who shares an address with others is not.
 */
final class RateLimit extends OncePerRequestFilter {

  private static final String HEALTH = "/api/health";

  private final ClientAddress address;
  private final SharedBuckets shared;
  private final Quota quota;
  private final String policy;
  private final Cache<String, Allowance> allowances;
  private final Counter limited;

  RateLimit(
      RateLimitProperties properties,
      ClientAddress address,
      SharedBuckets shared,
      MeterRegistry metrics) {
    this.address = address;
    this.shared = shared;
    quota =
        new Quota(
            "requests", properties.capacity(), properties.refillPerSecond(), Duration.ofSeconds(1));
    policy = quota.policy();
    allowances =
        Caffeine.newBuilder()
            .maximumSize(properties.maxCallers())
            .expireAfterAccess(quota.timeToFill())
            .build();
    limited = metrics.counter("banking.rate.limited", "limit", quota.name());
  }

  /** Whoever watches the API must not be told that it is ill because they watch it closely. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().equals(HEALTH);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var left = allowances.get(caller(request), this::allowance).spend();
    if (left >= 0) {
      response.setHeader("RateLimit-Policy", policy);
      response.setHeader("RateLimit", quota.state(left));
      chain.doFilter(request, response);
    } else {
      limited.increment();
      quota.refuse(response);
      ErrorReply.send(request, response, ApiError.of(ErrorType.RATE_LIMITED));
    }
  }

  private Allowance allowance(String caller) {
    return new Allowance(caller, quota, shared);
  }

  private String caller(HttpServletRequest request) {
    var actor = RequestContext.of(request).actor();
    return actor.equals(RequestContext.ANONYMOUS)
        ? "address:" + address.of(request)
        : "sub:" + actor;
  }
}
