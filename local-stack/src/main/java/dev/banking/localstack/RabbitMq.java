package dev.banking.localstack;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A RabbitMQ node whose only user is {@code user} with {@code password}. */
public final class RabbitMq extends Server {

  public static final String USER = "user";
  public static final String PASSWORD = "password";

  static final String NAME = "rabbitmq";

  /**
   * Since RabbitMQ 4 a quorum queue drops a message that was delivered 20 times in vain. A worker
   * that crashes again and again would lose what it was about to store. So the limit is one that
   * nobody reaches. It is not -1, for "none": RabbitMQ 3 refuses that in a policy, and RabbitMQ 4
   * documents it for queue arguments only.
   */
  static final List<String> KEEP_POLICY =
      List.of(
          "set_policy",
          "--apply-to",
          "queues",
          "keep-undelivered",
          "^(notifications|audit-log)(\\.parked)?$",
          "{\"delivery-limit\":1000000000}");

  private static final int FIRST_WITH_A_LIMIT = 4;
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final byte[] GREETING = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final int METHOD_FRAME = 1;
  private static final int CHANNEL_BYTES = 2;

  /** A field of the server's properties: its name, the type S for text, four bytes of length. */
  private static final Pattern MAJOR_VERSION =
      Pattern.compile("\\x07versionS.{4}(\\d+)\\.", Pattern.DOTALL);

  private final Function<List<String>, String> control;

  /**
   * Makes no process yet.
   *
   * @param control runs {@code rabbitmqctl} with arguments, and tells what it said
   */
  RabbitMq(int port, Launcher launcher, Function<List<String>, String> control) {
    super(NAME, port, launcher);
    this.control = control;
  }

  /** With user and password. */
  public String url() {
    return "amqp://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port();
  }

  /** Runs {@code rabbitmqctl}, which is another Erlang machine: expect a second or two. */
  String control(List<String> arguments) {
    return control.apply(arguments);
  }

  /** Accepting connections is not enough: a broker that still boots closes them. */
  @Override
  boolean answers() {
    try {
      return !greeting().isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  void started() {
    if (majorVersion() >= FIRST_WITH_A_LIMIT) {
      control(KEEP_POLICY);
    }
  }

  int majorVersion() {
    try {
      var version = MAJOR_VERSION.matcher(greeting());
      if (version.find()) {
        return Integer.parseInt(version.group(1));
      }
      throw new BackendException("RabbitMQ does not tell its version");
    } catch (IOException e) {
      throw new BackendException("RabbitMQ does not tell its version: " + e.getMessage(), e);
    }
  }

  /**
   * What the broker says first: the start method, with its properties. Empty if it says another.
   */
  private String greeting() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.LOOPBACK, port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(GREETING);
      var in = new DataInputStream(socket.getInputStream());
      if (in.read() != METHOD_FRAME) {
        return "";
      }
      in.skipNBytes(CHANNEL_BYTES);
      return new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);
    }
  }
}
