package dev.banking.api.warmup;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Sends requests to this very process. A plain socket: a real HTTP client would be one more thing
 * to load and compile, for nobody's good.
 */
final class LoopbackClient implements AutoCloseable {

  private static final int TIMEOUT_MS = 2_000;

  /** Goes through the tracing too, and leaves no trace. */
  private static final String NOT_RECORDED =
      "00-00000000000000000000000000000001-0000000000000001-00";

  private final InetAddress address;
  private final int port;
  private Socket socket;
  private InputStream in;
  private boolean open;

  LoopbackClient(InetAddress address, int port) throws IOException {
    this.address = address;
    this.port = port;
    socket = connect();
    in = socket.getInputStream();
    open = true;
  }

  private Socket connect() throws IOException {
    var connected = new Socket(address, port);
    connected.setTcpNoDelay(true);
    connected.setSoTimeout(TIMEOUT_MS);
    return connected;
  }

  /**
   * Sends one request and reads its answer to the end. On a new connection where the last answer
   * ended the old one: Tomcat does so after each 400.
   */
  void exchange(byte[] request) throws IOException {
    if (!open) {
      socket.close();
      socket = connect();
      in = socket.getInputStream();
      open = true;
    }
    socket.getOutputStream().write(request);
    var length = 0;
    for (var line = readLine(); !line.isEmpty(); line = readLine()) {
      var header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      } else if (header.equals("connection: close")) {
        open = false;
      }
    }
    in.readNBytes(length);
  }

  private String readLine() throws IOException {
    var line = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** A request with a JSON body; empty: none. */
  static byte[] request(String token, String method, String path, String body) {
    return """
    %s %s HTTP/1.1\r
    Host: localhost\r
    Authorization: Bearer %s\r
    X-Request-Id: warm-up\r
    traceparent: %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(method, path, token, NOT_RECORDED, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
