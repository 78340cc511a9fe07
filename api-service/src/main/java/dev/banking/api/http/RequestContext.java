package dev.banking.api.http;

import dev.banking.api.tracing.RequestTimes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and in which request.
 *
 * @param actor the authenticated principal, or {@code anonymous}
 * @param requestId the client's, when it is sane, else ours
 * @param traceparent W3C Trace Context: of this request's span, or, without tracing, as the client
 *     sent it, if it did and it is valid
 * @param times when what happened to it
 */
public record RequestContext(
    String actor, String requestId, @Nullable String traceparent, RequestTimes times) {

  /** The actor who has proved nothing. */
  public static final String ANONYMOUS = "anonymous";

  private static final String ATTRIBUTE = RequestContext.class.getName();

  /** The context of something that does not come over HTTP. */
  public RequestContext(String actor, String requestId, @Nullable String traceparent) {
    this(actor, requestId, traceparent, new RequestTimes());
  }

  /** The context of a request that has passed {@code RequestIdFilter}. */
  public static RequestContext of(HttpServletRequest request) {
    return Objects.requireNonNull(find(request));
  }

  /** The same; null for a request that the server refused before the filter. */
  static @Nullable RequestContext find(HttpServletRequest request) {
    return (RequestContext) request.getAttribute(ATTRIBUTE);
  }

  /** From here on the request is this actor's. */
  public static void actAs(HttpServletRequest request, String actor) {
    var context = of(request);
    new RequestContext(actor, context.requestId(), context.traceparent(), context.times())
        .storeIn(request);
  }

  void storeIn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}
