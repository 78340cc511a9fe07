package dev.banking.api.server;

import dev.banking.api.http.ErrorReply;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 with buffers for small replies. Tomcat gives each request in flight 24 KiB to collect
 * its reply in; ours have some hundred bytes, and a longer one is sent in several pieces. A refusal
 * keeps its connection.
 */
public final class SmallBuffersProtocol extends Http11NioProtocol {

  private static final int REPLY_BYTES = 1024;

  @Override
  public int getDesiredBufferSize() {
    return REPLY_BYTES;
  }

  /** Asked once for each reply with a body, after the server has looked whether to close. */
  @Override
  public boolean useCompression(Request request, Response response) {
    if (response.getStatus() == ErrorReply.UNDERSTOOD_BAD_REQUEST) {
      response.setStatus(400);
    }
    return super.useCompression(request, response);
  }
}
