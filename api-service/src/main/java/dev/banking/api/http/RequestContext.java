package dev.banking.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and in which request.
 *
 * @param actor the authenticated principal, or {@code anonymous}
 * @param requestId the client's, when it is sane, else ours
 * @param traceparent W3C Trace Context, when the client sent a valid one
 */
public record RequestContext(String actor, String requestId, @Nullable String traceparent) {

  /** The actor who has proved nothing. */
  public static final String ANONYMOUS = "anonymous";

  private static final String ATTRIBUTE = RequestContext.class.getName();

  /** The context of a request that has passed {@code RequestIdFilter}. */
  public static RequestContext of(HttpServletRequest request) {
    return (RequestContext) Objects.requireNonNull(request.getAttribute(ATTRIBUTE));
  }

  /** From here on the request is this actor's. */
  public static void actAs(HttpServletRequest request, String actor) {
    var context = of(request);
    new RequestContext(actor, context.requestId(), context.traceparent()).storeIn(request);
  }

  void storeIn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}
