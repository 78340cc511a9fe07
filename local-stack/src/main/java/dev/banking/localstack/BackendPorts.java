package dev.banking.localstack;

/**
 * Where the backends listen, on 127.0.0.1.
 *
 * @param rabbitMqManagement 0 leaves RabbitMQ's management pages out
 */
public record BackendPorts(int postgres, int redis, int rabbitMq, int rabbitMqManagement) {

  /** Ports that are free now, and no management pages. */
  public static BackendPorts free() {
    return new BackendPorts(Ports.free(), Ports.free(), Ports.free(), 0);
  }
}
