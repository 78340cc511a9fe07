package dev.banking.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom the relay turns to when there are several. */
@Timeout(30)
class BrokerTest {

  private final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());

  @Test
  void beginsWithTheNextAddressEachTime() throws IOException {
    try (var one = hangsUp(1);
        var two = hangsUp(2)) {
      var addresses =
          "amqp://localhost:" + one.getLocalPort() + ",amqp://localhost:" + two.getLocalPort();
      var broker = new Broker(OutboxRelayTest.properties(addresses, Duration.ZERO));
      for (var time = 0; time < 3; time++) {
        assertThatThrownBy(broker::connect).isInstanceOf(IOException.class);
      }
    }
    assertThat(asked).containsExactly(1, 2, 2, 1, 1, 2);
  }

  /** Takes connections and nothing else. */
  private ServerSocket hangsUp(int number) throws IOException {
    var server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try (var _ = server.accept()) {
              asked.add(number);
            } catch (IOException _) {
              return; // the test is over
            }
          }
        });
    return server;
  }
}
