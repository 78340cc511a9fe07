package dev.banking.notification.inbox;

import dev.banking.common.Topology;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.batch.SimpleBatchingStrategy;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.backoff.FixedBackOff;

/** One consumer of the queue: batches make it fast enough, and one keeps the users' order. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class InboxConfiguration {

  private static final long RECONNECT_MILLISECONDS = 2_000;
  private static final long SHUTDOWN_MILLISECONDS = 15_000;

  /** Declared by both sides, at every new connection. */
  @Bean
  Declarables topology() {
    return Topology.declarables();
  }

  @Bean
  SimpleMessageListenerContainer inbox(
      ConnectionFactory connections, NotificationListener listener, InboxProperties properties) {
    var container = new SimpleMessageListenerContainer(connections);
    container.setQueueNames(Topology.NOTIFICATIONS);
    container.setMessageListener(listener);
    container.setAcknowledgeMode(AcknowledgeMode.AUTO);
    container.setDefaultRequeueRejected(false);
    container.setConsumerBatchEnabled(true);
    container.setBatchingStrategy(new Untouched());
    container.setBatchSize(properties.batchSize());
    container.setPrefetchCount(properties.prefetch());
    container.setReceiveTimeout(properties.quietTime().toMillis());
    container.setBatchReceiveTimeout(properties.longestBatch().toMillis());
    container.setShutdownTimeout(SHUTDOWN_MILLISECONDS);
    recoverFromAnything(container);
    return container;
  }

  // A worker that is up stays up: a missing queue or a refused password is waited for as well.
  private static void recoverFromAnything(SimpleMessageListenerContainer container) {
    container.setMissingQueuesFatal(false);
    container.setPossibleAuthenticationFailureFatal(false);
    container.setRecoveryBackOff(
        new FixedBackOff(RECONNECT_MILLISECONDS, FixedBackOff.UNLIMITED_ATTEMPTS));
  }

  /** A header of a message must not decide that the message is to be cut into several. */
  private static final class Untouched extends SimpleBatchingStrategy {

    Untouched() {
      super(1, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    @Override
    public boolean canDebatch(MessageProperties properties) {
      return false;
    }
  }
}
