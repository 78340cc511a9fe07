package dev.banking.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The {@code Server-Timing} of a reply. */
public final class ServerTiming {

  private ServerTiming() {}

  /** To be called last before the reply is written: what it says ends there. */
  public static void set(HttpServletRequest request, HttpServletResponse response) {
    var context = RequestContext.find(request);
    if (context != null) {
      response.setHeader("Server-Timing", context.times().serverTiming());
    }
  }
}
