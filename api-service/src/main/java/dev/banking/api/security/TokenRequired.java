package dev.banking.api.security;

import com.nimbusds.jose.RemoteKeySourceException;
import dev.banking.api.http.ApiError;
import dev.banking.api.http.ErrorReply;
import dev.banking.api.http.ErrorType;
import dev.banking.api.http.RequestContext;
import dev.banking.api.ratelimit.FailedLogins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody pass who shows no good token, before anything of the request is read. What is public
 * passes without one; {@link Permissions} has the last word on what a handler may be asked for.
 *
 * <p>See <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, 3</a>. A refusal says
 * that the token is invalid, never why.
 */
final class TokenRequired extends OncePerRequestFilter {

  static final String CHALLENGE = "Bearer realm=\"banking-api\"";

  private static final Logger log = LoggerFactory.getLogger(TokenRequired.class);
  private static final String SCHEME = "Bearer ";
  private static final int MAX_REASON = 200;
  private static final Set<String> PUBLIC = Set.of("/api/health", "/openapi.json", "/docs");

  private final Callers callers;
  private final FailedLogins failedLogins;

  TokenRequired(Callers callers, FailedLogins failedLogins) {
    this.callers = callers;
    this.failedLogins = failedLogins;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getRequestURI();
    return PUBLIC.contains(path) || path.startsWith("/docs/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var token = token(request);
    var caller = token == null ? null : callers.known(token);
    if (caller == null) {
      caller = login(token, request, response);
    }
    if (caller != null) {
      caller.storeIn(request);
      RequestContext.actAs(request, caller.actor());
      chain.doFilter(request, response);
    }
  }

  /** The caller of a token that is seen for the first time; null: the request was answered. */
  private @Nullable Caller login(
      @Nullable String token, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (token == null) {
      // No failed login: nobody has guessed, and a 429 would cost what this does.
      refuse(request, response, CHALLENGE);
      return null;
    }
    if (failedLogins.areTooMany(request, response)) {
      ErrorReply.send(request, response, ApiError.of(ErrorType.RATE_LIMITED));
      return null;
    }
    try {
      return callers.verify(token);
    } catch (JwtException e) {
      if (e.getCause() instanceof RemoteKeySourceException) {
        cannotTell(request, response, e);
        return null;
      }
      log.info("{}: the token is refused: {}", RequestContext.of(request).requestId(), reason(e));
      failedLogins.add(request);
      refuse(request, response, CHALLENGE + ", error=\"invalid_token\"");
      return null;
    } catch (JwtDecoderInitializationException e) {
      cannotTell(request, response, e);
      return null;
    }
  }

  private static void cannotTell(
      HttpServletRequest request, HttpServletResponse response, RuntimeException e)
      throws IOException {
    log.warn("The keys of the issuer cannot be had: {}", reason(e));
    ErrorReply.send(
        request,
        response,
        ApiError.of(ErrorType.UNAVAILABLE, "Tokens cannot be checked now, try again later"));
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, String challenge)
      throws IOException {
    response.setHeader("WWW-Authenticate", challenge);
    ErrorReply.send(request, response, ApiError.of(ErrorType.UNAUTHORIZED));
  }

  /** The token; null without one; two headers are as bad as a bad token. */
  private static @Nullable String token(HttpServletRequest request) {
    var headers = Collections.list(request.getHeaders("Authorization"));
    if (headers.isEmpty()
        || !headers.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    return headers.size() > 1 ? "" : headers.getFirst().substring(SCHEME.length()).strip();
  }

  /** For the log: parts of the token may be in it, and may be anything. */
  private static String reason(RuntimeException e) {
    var text = String.valueOf(e.getMessage()).replaceAll("[^ -~]", "?");
    return text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text;
  }
}
