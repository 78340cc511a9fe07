package dev.banking.localstack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Redis 7 that is a cache and nothing else: 64 MB, the least recently used goes, no files. */
public final class Redis extends Server {

  private static final int TIMEOUT_MILLIS = 500;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Path folder;

  Redis(Path folder, int port, LogSink log) {
    super("redis", folder, port, log);
    this.folder = folder;
  }

  @Override
  Command command() {
    var arguments = new ArrayList<>(List.of(Binaries.redis().toString()));
    arguments.addAll(List.of("--port", Integer.toString(port()), "--bind", "127.0.0.1"));
    arguments.addAll(List.of("--save", "", "--appendonly", "no", "--loglevel", "warning"));
    arguments.addAll(List.of("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"));
    return new Command(name(), arguments, Map.of(), folder, "TERM", GRACE);
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
