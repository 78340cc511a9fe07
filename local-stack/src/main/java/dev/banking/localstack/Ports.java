package dev.banking.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface. */
public final class Ports {

  static final InetAddress LOOPBACK = loopback();

  private static final int CONNECT_TIMEOUT_MILLIS = 500;

  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 65_535;
  private static final int LINUX_OUTGOING_LOWEST = 32_768;
  private static final int ATTEMPTS = 500;
  private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /**
   * A port that nobody listens on now. Nothing holds it: use it soon. It is, if that can be had,
   * none of those that the system gives to outgoing connections: while a server is away, such a
   * connection could take its port, or even connect to itself.
   */
  public static int free() {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      var avoidable = attempt < ATTEMPTS / 2 && isOutgoing(port);
      if (!avoidable && isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new BackendException("No free TCP port between " + LOWEST + " and " + HIGHEST);
  }

  /** Never gives the port away: it is spoken for, although nobody listens on it yet. */
  public static void reserve(int port) {
    GIVEN.add(port);
  }

  /** Whether the system may give the port to an outgoing connection. */
  private static boolean isOutgoing(int port) {
    try (var range = new Scanner(OUTGOING, StandardCharsets.US_ASCII)) {
      return port >= range.nextInt() && port <= range.nextInt();
    } catch (IOException _) {
      return port >= LINUX_OUTGOING_LOWEST;
    }
  }

  /**
   * Whether a server could listen on the port now. Connections that linger after a stop do not
   * count, as they do not for the servers either.
   */
  public static boolean isFree(int port) {
    if (answers(port)) {
      return false;
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Refuses a port that somebody else listens on.
   *
   * @param name who wants to listen there
   * @param advice how to use another port, or empty
   * @throws BackendException says who has the port, if that can be seen
   */
  public static void requireFree(String name, int port, String advice) {
    if (isFree(port)) {
      return;
    }
    var owner = PortOwner.of(port);
    var who =
        owner
            .map(process -> "process " + process.pid() + program(process))
            .orElse("another process");
    var stop = owner.map(process -> ": stop it").orElse(": find it with ss -ltnp, and stop it");
    throw new BackendException(
        "Port %d is taken by %s, so %s cannot listen on it%s%s."
            .formatted(port, who, name, stop, advice.isEmpty() ? "" : ", or " + advice));
  }

  private static String program(ProcessHandle process) {
    return process.info().command().map(path -> " (" + path + ")").orElse("");
  }

  /** Whether somebody accepts connections there. */
  static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
