package dev.banking.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** TCP ports of the loopback interface. */
public final class Ports {

  static final InetAddress LOOPBACK = loopback();

  private static final int CONNECT_TIMEOUT_MILLIS = 500;

  private Ports() {}

  /** A port that nobody listens on now. Nothing holds it: use it soon. */
  public static int free() {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LOOPBACK, 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BackendException("No free TCP port on 127.0.0.1: " + e.getMessage(), e);
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
