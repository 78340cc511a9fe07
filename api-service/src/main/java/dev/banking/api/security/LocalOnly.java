package dev.banking.api.security;

import dev.banking.api.http.ApiError;
import dev.banking.api.http.ErrorReply;
import dev.banking.api.http.ErrorType;
import dev.banking.api.settings.SettingException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Guards an API without authentication: it starts on loopback only, unless it was told otherwise,
 * and answers to local names only, so that a web page cannot reach it by a name that was rebound to
 * 127.0.0.1.
 */
final class LocalOnly extends OncePerRequestFilter {

  private static final Logger log = LoggerFactory.getLogger(LocalOnly.class);

  private static final String BANNER =
      """

      ************************************************************************
      *  AUTH_MODE=none: nobody has to prove who they are.
      *  {} may change any balance.
      ************************************************************************
      """;

  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost\\.?|127(\\.[0-9]{1,3}){3}|\\[::1]");

  private final SecurityProperties properties;

  /**
   * Checks where the server listens.
   *
   * @throws SettingException when others could reach it
   */
  LocalOnly(SecurityProperties properties, ServerProperties server) {
    this.properties = properties;
    var address = server.getAddress();
    if (address != null && address.isLoopbackAddress()) {
      log.warn(BANNER, "whoever can log in to this machine");
    } else if (properties.allowAnonymous()) {
      log.warn(BANNER, "AUTH_ALLOW_ANONYMOUS=true: whoever reaches the port");
    } else {
      throw new SettingException(
          "AUTH_MODE=none is for loopback only, but SERVER_ADDRESS is "
              + (address == null ? "not set" : address.getHostAddress())
              + ": listen on 127.0.0.1, or set AUTH_ALLOW_ANONYMOUS=true if nobody else can reach"
              + " the port");
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isAllowed(request.getHeader("Host"))) {
      chain.doFilter(request, response);
    } else {
      ErrorReply.send(
          request, response, ApiError.of(ErrorType.FORBIDDEN, "The Host is not a local one"));
    }
  }

  private boolean isAllowed(@Nullable String host) {
    if (host == null) {
      return true; // HTTP/1.0: no browser sends it
    }
    var name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
    return LOOPBACK.matcher(name).matches() || properties.allowedHosts().contains(name);
  }
}
