package dev.banking.api.security;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a verified token says.
 *
 * @param actor its subject, as the ledger and the events will name it
 * @param scopes what it allows
 * @param userId the user that it belongs to; null: none
 * @param expiresAt its end
 */
record Caller(String actor, Set<String> scopes, @Nullable Long userId, Instant expiresAt) {

  private static final String ATTRIBUTE = Caller.class.getName();

  /**
   * What identity providers make subjects of; nothing that a log or a page would have to escape.
   */
  private static final Pattern ACTOR = Pattern.compile("[A-Za-z0-9._:@|/+=~-]{1,128}");

  /** Names that the API itself writes down. */
  private static final Set<String> RESERVED = Set.of("anonymous", "demo-user");

  private static final Pattern USER_ID = Pattern.compile("[1-9][0-9]{0,18}");

  /**
   * Reads the claims.
   *
   * @throws BadJwtException when it names nobody who could be written down
   */
  static Caller of(Jwt token) {
    var userId = userId(token.getClaim("user_id"));
    var name = actor(token.getClaim("sub"), userId);
    var expiresAt = token.getExpiresAt();
    if (expiresAt == null) {
      throw new BadJwtException("The token has no end");
    }
    var scopes = new HashSet<String>();
    addScopes(scopes, token.getClaim("scope"));
    addScopes(scopes, token.getClaim("scp"));
    return new Caller(name, Set.copyOf(scopes), userId, expiresAt);
  }

  /** The subject; of a token that has none, the user that it belongs to. */
  private static String actor(@Nullable Object subject, @Nullable Long userId) {
    if (subject == null && userId != null) {
      return "user:" + userId;
    }
    if (subject instanceof String name
        && ACTOR.matcher(name).matches()
        && !RESERVED.contains(name)) {
      return name;
    }
    throw new BadJwtException("The subject is missing, or cannot be written down as an actor");
  }

  /** A text with spaces (RFC 8693, 4.2), or a list, as some issuers write it. */
  private static void addScopes(Set<String> scopes, @Nullable Object claim) {
    if (claim instanceof String text) {
      scopes.addAll(List.of(text.split(" ", -1)));
    } else if (claim instanceof Collection<?> list) {
      list.forEach(scope -> scopes.add(String.valueOf(scope)));
    }
  }

  /** A number, or its digits as a text; anything else owns nobody. */
  private static @Nullable Long userId(@Nullable Object claim) {
    var isWhole = claim instanceof Long || claim instanceof Integer || claim instanceof String;
    var text = isWhole ? String.valueOf(claim) : "";
    try {
      return USER_ID.matcher(text).matches() ? Long.valueOf(text) : null;
    } catch (NumberFormatException _) {
      return null; // 19 digits beyond 2^63-1
    }
  }

  boolean owns(long user) {
    return userId != null && userId == user;
  }

  void storeIn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Who asks; null when nobody has proved to. */
  static @Nullable Caller of(HttpServletRequest request) {
    return (Caller) request.getAttribute(ATTRIBUTE);
  }
}
