package dev.banking.audit.security;

import dev.banking.audit.http.ErrorReply;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody read without a token: in the header, or in the cookie that the login form sets. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
@ConditionalOnProperty(name = "audit.security.auth-mode", havingValue = "jwt")
class TokenRequired extends OncePerRequestFilter {

  static final String COOKIE = "audit_token";
  private static final String BEARER = "Bearer ";
  private static final Set<String> OPEN =
      Set.of("/api/health", "/login", "/style.css", "/openapi.json", "/favicon.svg");

  private final Tokens tokens;
  private final ErrorReply reply;

  TokenRequired(Tokens tokens, ErrorReply reply) {
    this.tokens = tokens;
    this.reply = reply;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (OPEN.contains(request.getRequestURI())) {
      chain.doFilter(request, response);
      return;
    }
    try {
      var sent = sent(request);
      if (sent == null) {
        unauthorized(request, response, "Authentication required");
        return;
      }
      var token = tokens.read(sent);
      if (!Tokens.mayRead(token)) {
        reply.refuse(request, response, 403, "The token lacks the scope audit:read");
        return;
      }
      var subject = token.getSubject();
      Reader.set(request, subject == null ? "unknown" : subject);
    } catch (JwtException _) {
      unauthorized(request, response, "The token is not valid");
      return;
    }
    chain.doFilter(request, response);
  }

  private void unauthorized(
      HttpServletRequest request, HttpServletResponse response, String message) throws IOException {
    if (ErrorReply.isForABrowser(request) && request.getMethod().equals("GET")) {
      response.sendRedirect("/login");
      return;
    }
    response.setHeader("WWW-Authenticate", "Bearer");
    reply.refuse(request, response, 401, message);
  }

  /** The header counts before the cookie; two headers are none. */
  private static @Nullable String sent(HttpServletRequest request) {
    var headers = Collections.list(request.getHeaders("Authorization"));
    if (!headers.isEmpty()) {
      var header = headers.getFirst();
      var isBearer =
          headers.size() == 1 && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
      return isBearer ? header.substring(BEARER.length()).strip() : null;
    }
    if (request.getCookies() != null) {
      for (var cookie : request.getCookies()) {
        if (cookie.getName().equals(COOKIE)) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }
}
