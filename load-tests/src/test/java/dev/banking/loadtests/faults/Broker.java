package dev.banking.loadtests.faults;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.banking.loadtests.bank.Bank;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** What an outsider does at the broker. */
final class Broker {

  private static final String EXCHANGE = "";
  private static final long CONFIRM_MILLIS = 5_000;

  private Broker() {}

  private interface Work<T> {
    T on(Channel channel) throws IOException, InterruptedException, TimeoutException;
  }

  /** Messages that wait in the queue. */
  static long count(Bank bank, String queue) throws IOException {
    return work(bank, channel -> channel.messageCount(queue));
  }

  /** Throws away what waits in the queue. */
  static void purge(Bank bank, String queue) throws IOException {
    var _ = work(bank, channel -> channel.queuePurge(queue));
  }

  /** Puts the bodies into the queue, confirmed. */
  static void publish(Bank bank, String queue, List<byte[]> bodies) throws IOException {
    var _ =
        work(
            bank,
            channel -> {
              channel.confirmSelect();
              var properties =
                  new BasicProperties.Builder().deliveryMode(2).headers(Map.of()).build();
              for (var body : bodies) {
                channel.basicPublish(EXCHANGE, queue, properties, body);
              }
              channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
              return true;
            });
  }

  private static <T> T work(Bank bank, Work<T> work) throws IOException {
    try (var connection = connect(bank.brokerUrl());
        var channel = connection.createChannel()) {
      return work.on(channel);
    } catch (TimeoutException | InterruptedException | URISyntaxException e) {
      throw new IOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** To the first of the addresses where somebody answers. */
  private static Connection connect(String addresses)
      throws IOException, TimeoutException, URISyntaxException, GeneralSecurityException {
    var factory = new ConnectionFactory();
    var all = new ArrayList<Address>();
    for (var address : addresses.split(",", -1)) {
      factory.setUri(address);
      all.add(new Address(factory.getHost(), factory.getPort()));
    }
    return factory.newConnection(all);
  }
}
