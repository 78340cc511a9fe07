package dev.banking.audit.parked;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.command.RunningSystem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A parking queue on a connection of its own. The broker lends messages: what is not moved it takes
 * back when this is closed, or dies.
 */
final class ParkedQueue implements AutoCloseable {

  private static final int CONNECT_MILLISECONDS = 5_000;
  private static final long CONFIRM_MILLISECONDS = 10_000;

  private final String name;
  private final Connection connection;
  private final Channel channel;
  private final ConcurrentLinkedQueue<String> returned = new ConcurrentLinkedQueue<>();

  private ParkedQueue(String name, Connection connection) throws IOException {
    this.name = name;
    this.connection = connection;
    this.channel = connection.createChannel();
    channel.addReturnListener(back -> returned.add(back.getReplyText()));
    channel.confirmSelect();
  }

  /**
   * Connects.
   *
   * @throws CommandFailedException when no broker is there, or it does not let us in
   */
  static ParkedQueue open(RunningSystem system, String name) {
    @Nullable Exception failure = null;
    for (var address : system.broker().split(",", -1)) {
      try {
        return new ParkedQueue(name, factory(address).newConnection(name + " by hand"));
      } catch (IOException | TimeoutException e) {
        failure = e;
      }
    }
    throw new CommandFailedException(
        "the broker is away, or refuses us (%s): %s".formatted(failure, system), failure);
  }

  private static ConnectionFactory factory(String address) {
    var factory = new ConnectionFactory();
    try {
      factory.setUri(address.strip());
    } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException _) {
      // Without the cause, whose message would show the password.
      throw new CommandFailedException("RABBITMQ_URL is not amqp://user:password@host:port");
    }
    factory.setAutomaticRecoveryEnabled(false);
    factory.setConnectionTimeout(CONNECT_MILLISECONDS);
    factory.setHandshakeTimeout(CONNECT_MILLISECONDS);
    return factory;
  }

  /**
   * How many messages wait, without those that are lent.
   *
   * @throws CommandFailedException when there is no such queue
   */
  int waiting() {
    try {
      return channel.queueDeclarePassive(name).getMessageCount();
    } catch (IOException e) {
      var isMissing =
          e.getCause() instanceof ShutdownSignalException signal
              && String.valueOf(signal.getMessage()).contains("NOT_FOUND");
      throw isMissing
          ? new CommandFailedException(
              "there is no queue " + name + ": start the worker once, which declares it", e)
          : lost(e);
    }
  }

  /** Borrows the next message; empty when there is none. */
  Optional<ParkedMessage> next() {
    try {
      return Optional.ofNullable(channel.basicGet(name, false)).map(ParkedMessage::of);
    } catch (IOException | ShutdownSignalException e) {
      throw lost(e);
    }
  }

  /**
   * Moves borrowed messages to the end of a queue, as they were before they were parked. Each is
   * taken from the parking queue only after the broker has confirmed that the other queue has all
   * of them: killed in between, they are in both, and the consumers know an event by its id.
   *
   * @throws CommandFailedException when the broker does not take them: they stay parked
   */
  void move(List<ParkedMessage> messages, String queue) {
    move(messages, queue, ParkedMessage::original);
  }

  /** Moves borrowed messages to the end of the parking queue itself, where they count as new. */
  void renew(List<ParkedMessage> messages) {
    move(messages, name, ParkedMessage::unchanged);
  }

  private void move(
      List<ParkedMessage> messages, String queue, Function<ParkedMessage, BasicProperties> how) {
    try {
      for (var message : messages) {
        channel.basicPublish("", queue, true, how.apply(message), message.body());
      }
      channel.waitForConfirmsOrDie(CONFIRM_MILLISECONDS);
      // Returns come before their confirm.
      if (!returned.isEmpty()) {
        throw new CommandFailedException(
            "there is no queue %s (%s): nothing of this batch was taken from %s"
                .formatted(queue, returned.peek(), name));
      }
      for (var message : messages) {
        channel.basicAck(message.deliveryTag(), false);
      }
      // An answer to anything sent later proves that the broker has the acknowledgements.
      channel.queueDeclarePassive(name);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      throw lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw lost(e);
    }
  }

  private static CommandFailedException lost(Exception cause) {
    return new CommandFailedException(
        "the broker was lost on the way (%s): look again before you repeat".formatted(cause),
        cause);
  }

  @Override
  public void close() {
    connection.abort(CONNECT_MILLISECONDS);
  }
}
