package dev.banking.notification;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of RFC 5321 as a client needs that sends one mail a connection. */
final class FakeMailServer implements AutoCloseable {

  /** One mail that was taken. */
  record Mail(String from, String to, String text) {}

  final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final AtomicInteger toRefuse;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  FakeMailServer(int toRefuse) {
    this.toRefuse = new AtomicInteger(toRefuse);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        threads.execute(() -> converse(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void converse(Socket socket) {
    try (socket;
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      reply(socket, "220 test");
      var from = "";
      var to = "";
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var command = line.length() < 4 ? line : line.substring(0, 4);
        switch (command) {
          case "EHLO", "HELO", "RSET", "NOOP" -> reply(socket, "250 ok");
          case "MAIL" -> {
            from = line;
            reply(socket, toRefuse.getAndDecrement() > 0 ? "451 later" : "250 ok");
          }
          case "RCPT" -> {
            to = line;
            reply(socket, "250 ok");
          }
          case "DATA" -> {
            reply(socket, "354 go on");
            mails.add(new Mail(from, to, text(in)));
            reply(socket, "250 ok");
          }
          case "QUIT" -> {
            reply(socket, "221 bye");
            return;
          }
          default -> reply(socket, "502 no");
        }
      }
    } catch (IOException _) {
      // The client has gone; what it had not finished does not count.
    }
  }

  private static String text(BufferedReader in) throws IOException {
    var text = new StringBuilder();
    for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static void reply(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
