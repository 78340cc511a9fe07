package dev.banking.loadtests.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection of HTTP/1.1 that shows what really happens on it: it never reconnects
 * and never repeats a request, as common clients do behind their user's back.
 */
public final class HttpConnection implements AutoCloseable {

  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int READ_TIMEOUT_MILLIS = 40_000;

  private final Socket socket;
  private final InputStream in;

  private HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * An answer.
   *
   * @param closes the server will close the connection: do not send another request
   */
  public record Reply(int status, String body, boolean closes) {}

  /** Connects to 127.0.0.1. */
  public static HttpConnection open(int port) throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
      return new HttpConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends one request and reads its answer; after an exception the connection is of no use. */
  public Reply send(String method, String path, Map<String, String> headers, @Nullable String body)
      throws IOException {
    var request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    if (body != null) {
      request.append("Content-Type: application/json\r\nContent-Length: " + body.length());
      request.append("\r\n");
    }
    request.append("\r\n").append(body == null ? "" : body);
    socket.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
    return read();
  }

  private Reply read() throws IOException {
    var statusLine = line();
    var headers = new HashMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var length = headers.get("content-length");
    var body = length == null ? chunks() : in.readNBytes(Integer.parseInt(length));
    var closes = "close".equalsIgnoreCase(headers.get("connection"));
    return new Reply(
        Integer.parseInt(statusLine.substring(9, 12)), new String(body, UTF_8), closes);
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      var size = Integer.parseInt(line(), 16);
      body.write(in.readNBytes(size));
      line();
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
