package dev.banking.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes an error in its one shape, or as RFC 9457 when the client prefers that. Used by the
 * controllers, the filters and the server itself.
 */
public final class ErrorReply {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String RETRY_AFTER_S = "1";

  private ErrorReply() {}

  /** Answers the request with the error; nothing may have been written before. */
  public static void send(HttpServletRequest request, HttpServletResponse response, ApiError error)
      throws IOException {
    var requestId = response.getHeader(RequestIdFilter.REQUEST_ID);
    if (requestId == null) {
      requestId = RequestIdFilter.requestIdOf(request.getHeader(RequestIdFilter.REQUEST_ID));
      RequestIdFilter.addCommonHeaders(response, requestId);
    }
    var problem = Accept.of(Collections.list(request.getHeaders("Accept"))).prefersProblemJson();
    response.setStatus(error.status());
    response.setHeader("Cache-Control", "no-store");
    if (error.status() == 503 && !response.containsHeader("Retry-After")) {
      response.setHeader("Retry-After", RETRY_AFTER_S);
    }
    ServerTiming.set(request, response);
    response.setContentType(problem ? "application/problem+json" : "application/json");
    var body = problem ? problem(error, requestId) : plain(error, requestId);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    if (error.status() == 413) {
      // Sent before the server reads on: the client may still be sending, or not even that.
      response.flushBuffer();
    }
  }

  private static byte[] plain(ApiError error, String requestId) {
    var out = new ByteArrayOutputStream(256);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeBooleanProperty("success", false);
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("message", error.message());
      writeMembers(json, error, requestId, error.type().word());
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /** See <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>. */
  private static byte[] problem(ApiError error, String requestId) {
    var out = new ByteArrayOutputStream(256);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("title", error.type().message());
      json.writeNumberProperty("status", error.status());
      json.writeStringProperty("detail", error.message());
      writeMembers(json, error, requestId, "urn:banking:error:" + error.type().word());
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void writeMembers(
      JsonGenerator json, ApiError error, @Nullable String requestId, String type) {
    json.writeNumberProperty("code", error.status());
    json.writeStringProperty("type", type);
    json.writeStringProperty("outcome", error.type().outcome());
    json.writeStringProperty("requestId", requestId);
    if (!error.details().isEmpty()) {
      json.writeArrayPropertyStart("details");
      for (var detail : error.details()) {
        json.writeStartObject();
        json.writeStringProperty("field", detail.field());
        json.writeStringProperty("message", detail.message());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }
}
