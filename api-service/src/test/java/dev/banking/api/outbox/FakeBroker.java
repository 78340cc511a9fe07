package dev.banking.api.outbox;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ReturnCallback;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** RabbitMQ's client as far as the relay uses it. What becomes of a batch is the test's word. */
final class FakeBroker extends Broker {

  /** What the broker says to a batch while the publisher waits for its confirms. */
  interface Answer {
    void to(FakeBroker broker) throws IOException, TimeoutException, InterruptedException;
  }

  /** A message as it was sent. */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Message(
      String exchange,
      String key,
      boolean mandatory,
      AMQP.BasicProperties properties,
      byte[] body) {}

  final List<Message> messages = Collections.synchronizedList(new ArrayList<>());
  final Deque<Answer> answers = new ArrayDeque<>();
  final AtomicInteger brokenSends = new AtomicInteger();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  volatile long waitedMillis;
  volatile boolean open = true;
  private boolean confirming;
  private @Nullable ReturnCallback returns;
  private @Nullable ConfirmListener confirms;

  FakeBroker(OutboxProperties properties) {
    super(properties);
  }

  @Override
  ConfirmedPublisher connect() throws IOException {
    opened.incrementAndGet();
    return new ConfirmedPublisher(proxy(Connection.class, this::onConnection));
  }

  /** Settles as RabbitMQ does; tags count from 1. */
  void ack(long tag, boolean multiple) throws IOException {
    Objects.requireNonNull(confirms).handleAck(tag, multiple);
  }

  void nack(long tag, boolean multiple) throws IOException {
    Objects.requireNonNull(confirms).handleNack(tag, multiple);
  }

  void giveBack(String messageId) {
    var properties = new AMQP.BasicProperties.Builder().messageId(messageId).build();
    Objects.requireNonNull(returns)
        .handle(new Return(312, "NO_ROUTE", "", "", properties, new byte[0]));
  }

  private @Nullable Object onConnection(
      Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "createChannel" -> proxy(Channel.class, this::onChannel);
      case "isOpen" -> open;
      case "abort" -> {
        closed.incrementAndGet();
        yield null;
      }
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private @Nullable Object onChannel(Object proxy, Method method, Object @Nullable [] arguments)
      throws IOException, TimeoutException, InterruptedException {
    var given = arguments == null ? new Object[0] : arguments;
    switch (method.getName()) {
      case "confirmSelect" -> confirming = true;
      case "addReturnListener" -> returns = (ReturnCallback) given[0];
      case "addConfirmListener" -> confirms = (ConfirmListener) given[0];
      case "getNextPublishSeqNo" -> {
        return confirming ? messages.size() + 1L : 0L;
      }
      case "basicPublish" -> send(given);
      case "waitForConfirms" -> {
        waitedMillis = (long) given[0];
        var answer = answers.poll();
        if (answer == null) {
          ack(messages.size(), true);
        } else {
          answer.to(this);
        }
        return true;
      }
      default -> throw new UnsupportedOperationException(method.toString());
    }
    return null;
  }

  private void send(Object[] given) throws IOException {
    if (brokenSends.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("expected by the test");
    }
    messages.add(
        new Message(
            (String) given[0],
            (String) given[1],
            (boolean) given[2],
            (AMQP.BasicProperties) given[3],
            (byte[]) given[4]));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
