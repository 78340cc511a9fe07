package dev.banking.audit.security;

import dev.banking.audit.http.ErrorReply;
import dev.banking.audit.settings.SettingException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Guards pages without authentication: the worker starts on loopback only, unless it was told
 * otherwise, and answers to local names only, so that a web page cannot reach it by a name that was
 * rebound to 127.0.0.1.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
@ConditionalOnProperty(name = "audit.security.auth-mode", havingValue = "none")
class LocalOnly extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(LocalOnly.class);
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost\\.?|127(\\.[0-9]{1,3}){3}|\\[::1]");

  private final SecurityProperties properties;
  private final ErrorReply reply;

  /**
   * Checks where the server listens.
   *
   * @throws SettingException when others could reach it
   */
  LocalOnly(
      SecurityProperties properties,
      ServerProperties server,
      ErrorReply reply,
      MeterRegistry registry) {
    this.properties = properties;
    this.reply = reply;
    Gauge.builder("audit.anonymous", () -> 1)
        .description("1 while nobody has to prove who they are")
        .register(registry);
    var address = server.getAddress();
    var isLocal = address != null && address.isLoopbackAddress();
    Gauge.builder("audit.exposed", () -> isLocal ? 0 : 1)
        .description("1 while nobody has to prove who they are, not on loopback alone")
        .register(registry);
    if (isLocal) {
      LOG.warn("AUTH_MODE=none: whoever reaches this machine's loopback may read the audit book");
    } else if (properties.allowAnonymous()) {
      LOG.warn("AUTH_MODE=none beyond loopback: whoever reaches the port may read the audit book");
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
      reply.refuse(request, response, 403, "The Host is not a local one");
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
