package dev.banking.api.server;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 with buffers for small replies. Tomcat gives each request in flight 24 KiB to collect
 * its reply in; ours have some hundred bytes, and a longer one is sent in several pieces.
 */
public final class SmallBuffersProtocol extends Http11NioProtocol {

  private static final int REPLY_BYTES = 1024;

  @Override
  public int getDesiredBufferSize() {
    return REPLY_BYTES;
  }
}
