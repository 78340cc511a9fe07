package dev.banking.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests that a decent client would not send. */
public record RawHttp(int port) {

  private static final int TIMEOUT_MS = 10_000;

  /** The status that is answered to a request line, with headers after it if there are any. */
  public int status(String requestLine, String... headers) {
    return Integer.parseInt(answer(requestLine, headers).split(" ", 3)[1]);
  }

  /** The whole answer. */
  public String answer(String requestLine, String... headers) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      var request = new StringBuilder(requestLine + " HTTP/1.1\r\nConnection: close\r\n");
      if (!String.join("\n", headers).contains("Host:")) {
        request.append("Host: localhost\r\n");
      }
      for (var header : headers) {
        request.append(header).append("\r\n");
      }
      socket
          .getOutputStream()
          .write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
