package dev.banking.localstack;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * A RabbitMQ node with an administrator {@code user}, password {@code password}, and a user for
 * each application that may do what it needs.
 */
public final class RabbitMq extends Server {

  public static final String USER = "user";
  public static final String PASSWORD = "password";

  static final String NAME = "rabbitmq";

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final byte[] GREETING = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final int METHOD_FRAME = 1;
  private static final int CHANNEL_BYTES = 2;

  private final Passwords passwords;
  private final Function<List<String>, String> control;

  /**
   * Makes no process yet.
   *
   * @param passwords of the applications' users
   * @param control runs {@code rabbitmqctl} with arguments, and tells what it said
   */
  RabbitMq(
      int port, Launcher launcher, Passwords passwords, Function<List<String>, String> control) {
    super(NAME, port, launcher);
    this.passwords = passwords;
    this.control = control;
  }

  /** With user and password. */
  public String url() {
    return "amqp://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port();
  }

  /** With the application's own user. */
  public String url(Identity identity) {
    return "amqp://"
        + identity.brokerUser()
        + ":"
        + passwords.of(identity)
        + "@127.0.0.1:"
        + port();
  }

  /**
   * Users, permissions and policy, as the broker imports them at each start. The policy is there
   * because since RabbitMQ 4 a quorum queue drops a message that was delivered 20 times in vain: a
   * worker that crashes again and again would lose what it was about to store. Its limit is one
   * that nobody reaches, and not -1, for "none": RabbitMQ 3 refuses that in a policy, and RabbitMQ
   * 4 documents it for queue arguments only.
   */
  static String definitions(Passwords passwords) {
    var text =
        Resources.text("definitions.json")
            .replace("@ADMIN_USER@", USER)
            .replace("@ADMIN_PASSWORD@", PASSWORD);
    for (var identity : Identity.values()) {
      text = text.replace("@" + identity.name() + "_PASSWORD@", passwords.of(identity));
    }
    return text;
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
