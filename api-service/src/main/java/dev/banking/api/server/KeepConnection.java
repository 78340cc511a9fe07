package dev.banking.api.server;

import dev.banking.api.http.ErrorReply;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * The other half of {@link SmallBuffersProtocol#useCompression}: the server looks at the status
 * once more when everybody has seen the reply, and would close the connection then.
 */
final class KeepConnection extends ValveBase {

  KeepConnection() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (request.getAttribute(ErrorReply.KEEPS_CONNECTION) != null && response.isCommitted()) {
      response.getCoyoteResponse().setStatus(ErrorReply.UNDERSTOOD_BAD_REQUEST);
    }
  }
}
