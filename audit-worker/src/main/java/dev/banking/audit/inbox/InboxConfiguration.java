package dev.banking.audit.inbox;

import dev.banking.common.EventCodec;
import dev.banking.common.Topology;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.batch.SimpleBatchingStrategy;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionNameStrategy;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.backoff.ExponentialBackOff;

/** The consumer of {@code audit-log}. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class InboxConfiguration {

  @Bean
  EventCodec eventCodec() {
    return new EventCodec();
  }

  /** Declared with each new connection, so that it does not matter who starts first. */
  @Bean
  Declarables topology() {
    return Topology.declarables();
  }

  @Bean
  ConnectionNameStrategy connectionName() {
    return _ -> "audit-worker";
  }

  /** One consumer: two would write neighbours of the queue in either order. */
  @Bean
  SimpleMessageListenerContainer auditLogContainer(
      ConnectionFactory connections, AuditLogListener listener, InboxProperties properties) {
    var container = new SimpleMessageListenerContainer(connections);
    container.setQueueNames(Topology.AUDIT_LOG);
    container.setMessageListener(listener);
    container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
    container.setDefaultRequeueRejected(false);
    container.setConcurrentConsumers(1);
    container.setPrefetchCount(properties.prefetch());
    container.setConsumerBatchEnabled(true);
    container.setBatchSize(properties.batchSize());
    container.setBatchingStrategy(new NeverUnpack());
    container.setReceiveTimeout(properties.quietTime().toMillis());
    container.setBatchReceiveTimeout(properties.longestBatch().toMillis());
    container.setShutdownTimeout(properties.stopTimeout().toMillis());
    container.setForceStop(true);
    stayUpWithoutBroker(container, properties);
    return container;
  }

  private static void stayUpWithoutBroker(
      SimpleMessageListenerContainer container, InboxProperties properties) {
    container.setMissingQueuesFatal(false);
    container.setPossibleAuthenticationFailureFatal(false);
    container.setFailedDeclarationRetryInterval(properties.retryInitial().toMillis());
    var backOff = new ExponentialBackOff(properties.retryInitial().toMillis(), 2);
    backOff.setMaxInterval(properties.retryMax().toMillis());
    container.setRecoveryBackOff(backOff);
  }

  /**
   * A message is one event, whatever its headers say: the default would cut a message up when a
   * header tells it to, and fail on the whole batch when the pieces do not fit.
   */
  private static final class NeverUnpack extends SimpleBatchingStrategy {

    NeverUnpack() {
      super(1, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    @Override
    public boolean canDebatch(MessageProperties properties) {
      return false;
    }
  }
}
