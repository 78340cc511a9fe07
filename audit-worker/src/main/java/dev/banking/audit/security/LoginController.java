package dev.banking.audit.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Takes a token from a person with a browser, and keeps it where no script can read it. */
@Controller
@ConditionalOnProperty(name = "audit.security.auth-mode", havingValue = "jwt")
class LoginController {

  private static final Duration LONGEST = Duration.ofHours(8);
  private static final int LONGEST_TOKEN = 3_500;

  private final Tokens tokens;
  private final Clock clock;

  LoginController(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @GetMapping("/login")
  String form() {
    return "login";
  }

  @PostMapping("/login")
  String login(HttpServletRequest request, HttpServletResponse response, Model model) {
    var token = Objects.requireNonNullElse(request.getParameter("token"), "").strip();
    try {
      if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
        throw new JwtException("no token");
      }
      var read = tokens.read(token);
      if (!Tokens.mayRead(read)) {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        model.addAttribute("problem", "The token lacks the scope audit:read.");
        return "login";
      }
      setCookie(request, response, token, untilEnd(read.getExpiresAt()));
      return "redirect:/";
    } catch (JwtException _) {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      model.addAttribute("problem", "The token is not valid.");
      return "login";
    }
  }

  @PostMapping("/logout")
  String logout(HttpServletRequest request, HttpServletResponse response) {
    setCookie(request, response, "", Duration.ZERO);
    return "redirect:/login";
  }

  private Duration untilEnd(@Nullable Instant end) {
    if (end == null) {
      return LONGEST;
    }
    var left = Duration.between(clock.instant(), end);
    return left.compareTo(LONGEST) > 0 ? LONGEST : left;
  }

  private static void setCookie(
      HttpServletRequest request, HttpServletResponse response, String token, Duration age) {
    var cookie =
        ResponseCookie.from(TokenRequired.COOKIE, token)
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Strict")
            .path("/")
            .maxAge(age)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
