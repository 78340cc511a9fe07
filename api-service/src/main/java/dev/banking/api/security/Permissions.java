package dev.banking.api.security;

import dev.banking.api.http.ApiError;
import dev.banking.api.http.ApiException;
import dev.banking.api.http.ErrorType;
import dev.banking.api.http.PathAndQuery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Who may do what. Asked after the router has chosen a handler and before it reads the body, so
 * that it judges what will really be called: two readings of one path cannot differ. Whatever is
 * not in the table is refused.
 */
final class Permissions implements HandlerInterceptor {

  private static final Set<String> PUBLIC =
      Set.of("/api/health", "/openapi.json", "/docs", "/docs/{name}");

  private static final Map<String, String> SCOPES =
      Map.of(
          "GET /api/users/{userId}", "balance:read",
          "GET /api/users/{userId}/transactions", "balance:read",
          "PUT /api/users/{userId}/balance", "balance:write",
          "POST /api/users", "users:create");

  /** Instead of owning the user. */
  private static final String ANY_USER = "balance:any";

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    var route = route(request);
    if (PUBLIC.contains(route)) {
      return true;
    }
    var caller = Caller.of(request);
    if (caller == null) {
      response.setHeader("WWW-Authenticate", TokenRequired.CHALLENGE);
      throw new ApiException(ApiError.of(ErrorType.UNAUTHORIZED));
    }
    if (request.getMethod().equals("OPTIONS")) {
      return true; // tells the methods of a path, and calls no handler of ours
    }
    var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    requireScope(caller, SCOPES.getOrDefault(method + " " + route, ""), response);
    requireUser(caller, request);
    return true;
  }

  private static String route(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
  }

  private static void requireScope(Caller caller, String scope, HttpServletResponse response) {
    if (scope.isEmpty() || !caller.scopes().contains(scope)) {
      response.setHeader(
          "WWW-Authenticate",
          TokenRequired.CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
      throw forbidden("The token does not allow this");
    }
  }

  /** Before the user is looked for: the answer is the same whether there is one or not. */
  private static void requireUser(Caller caller, HttpServletRequest request) {
    if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> variables)) {
      return;
    }
    if (variables.get("userId") instanceof String text) {
      var userId = PathAndQuery.userId(text);
      if (!caller.owns(userId) && !caller.scopes().contains(ANY_USER)) {
        throw forbidden("The token is not this user's");
      }
    }
  }

  private static ApiException forbidden(String message) {
    return new ApiException(ApiError.of(ErrorType.FORBIDDEN, message));
  }
}
