package dev.banking.localstack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Redis that is a cache and nothing else: 64 MB, the least recently used goes, no files. */
public final class Redis extends Server {

  static final String NAME = "redis";

  /** As arguments of the server. */
  static final List<String> SETTINGS =
      List.of(
          "--save",
          "",
          "--appendonly",
          "no",
          "--loglevel",
          "warning",
          "--maxmemory",
          "64mb",
          "--maxmemory-policy",
          "allkeys-lru");

  private static final int TIMEOUT_MILLIS = 500;

  Redis(int port, Launcher launcher) {
    super(NAME, port, launcher);
  }

  @Override
  boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.LOOPBACK, port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == '+';
    } catch (IOException _) {
      return false;
    }
  }
}
