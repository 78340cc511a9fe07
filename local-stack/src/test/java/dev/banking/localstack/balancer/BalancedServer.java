package dev.banking.localstack.balancer;

import dev.banking.localstack.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An instance behind the balancer that answers as it is told, or not at all. */
final class BalancedServer implements AutoCloseable {

  /** What it does with a request. */
  enum Manner {
    ANSWERS,
    HANGS_UP
  }

  private final Instance instance;
  private final ServerSocket requests;
  private final ServerSocket health;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile Manner manner = Manner.ANSWERS;
  private volatile int readiness = 200;

  BalancedServer(int number) throws IOException {
    instance = new Instance(number, Ports.free(), Ports.free());
    requests = listen(instance.port(), this::serve);
    health = listen(instance.managementPort(), this::sayHealth);
  }

  Instance instance() {
    return instance;
  }

  /** The first lines of the requests that came, in their order. */
  List<String> received() {
    return received;
  }

  void from(Manner now) {
    manner = now;
  }

  void readiness(int status) {
    readiness = status;
  }

  private interface Conversation {
    void with(Socket socket) throws IOException;
  }

  private static ServerSocket listen(int port, Conversation conversation) throws IOException {
    var server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              var socket = server.accept();
              Thread.ofVirtual().start(() -> converse(socket, conversation));
            } catch (IOException _) {
              return;
            }
          }
        });
    return server;
  }

  private static void converse(Socket socket, Conversation conversation) {
    try (socket) {
      conversation.with(socket);
    } catch (IOException _) {
      // The balancer has gone: nobody is left to be answered.
    }
  }

  private void serve(Socket socket) throws IOException {
    received.add(readHead(socket));
    if (manner == Manner.ANSWERS) {
      answer(socket, 200, Integer.toString(instance.number()));
    }
  }

  private void sayHealth(Socket socket) throws IOException {
    readHead(socket);
    answer(socket, readiness, "");
  }

  private static String readHead(Socket socket) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    var first = String.valueOf(in.readLine());
    for (var line = first; line != null && !line.isEmpty(); line = in.readLine()) {
      // The rest of the head says nothing that a test asks for.
    }
    return first;
  }

  private static void answer(Socket socket, int status, String body) throws IOException {
    var text =
        "HTTP/1.1 %d Status\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    requests.close();
    health.close();
  }
}
