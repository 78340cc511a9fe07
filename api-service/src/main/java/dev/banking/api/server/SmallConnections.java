package dev.banking.api.server;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Makes connections and requests in flight small. With Tomcat's own sizes a request in flight holds
 * 100 KiB; a thousand that waited for a slow database filled the heap, and the collector took half
 * of the time that there was to serve them. So it is 45 KiB.
 */
@Component
class SmallConnections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  /** A request with usual headers and its body, 4 KiB at the most, in one or two reads. */
  private static final String SOCKET_BYTES = "2048";

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(SmallBuffersProtocol.class.getName());
    factory.addConnectorCustomizers(connector -> {
      // Only so that our own filter answers it.
      connector.setAllowTrace(true);
      connector.setProperty("socket.appReadBufSize", SOCKET_BYTES);
      connector.setProperty("socket.appWriteBufSize", SOCKET_BYTES);
    });
  }
}
