package dev.banking.api.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The errors that the server raises before, after or outside of the application: a malformed
 * request line, a header too large, an exception that nobody caught. Tomcat would answer in HTML.
 */
public class JsonErrorValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(JsonErrorValve.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    var status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    try {
      ErrorReply.sendForServer(
          request.getRequest(), response.getResponse(), ApiError.ofStatus(status));
      response.finishResponse();
    } catch (IOException e) {
      log.debug("The client has gone before its error", e);
    }
  }
}
