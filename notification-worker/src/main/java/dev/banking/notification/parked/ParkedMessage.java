package dev.banking.notification.parked;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.banking.common.Topology;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A parked message that the broker has lent us.
 *
 * @param deliveryTag to acknowledge it by, on the channel that it came from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ParkedMessage(long deliveryTag, BasicProperties properties, byte[] body) {

  private static final String PARKED = "x-parked-";

  /** What quorum queues add to a message that they deliver again. */
  private static final String DELIVERY_COUNT = "x-delivery-count";

  private static final String ACQUIRED_COUNT = "x-acquired-count";

  static ParkedMessage of(GetResponse response) {
    return new ParkedMessage(
        response.getEnvelope().getDeliveryTag(), response.getProps(), response.getBody());
  }

  /** Its message id; for a message without one a name made of its body. */
  String id() {
    var id = properties.getMessageId();
    return id == null || id.isBlank() ? "body:" + digest() : Printable.text(id);
  }

  String type() {
    return properties.getType() == null ? "" : Printable.text(properties.getType());
  }

  /** The queue that it was taken from, as its header says. */
  String from() {
    return header(Topology.PARKED_FROM);
  }

  String parkedAt() {
    return header(Topology.PARKED_AT);
  }

  String reason() {
    return header(Topology.PARKED_REASON);
  }

  /** How often it has been looked at, or at least begun to be. */
  long deliveries() {
    return headers().get(DELIVERY_COUNT) instanceof Number count ? count.longValue() : 0;
  }

  /** As it is, but for what the broker itself has added. */
  BasicProperties unchanged() {
    var headers = headers();
    headers.remove(DELIVERY_COUNT);
    headers.remove(ACQUIRED_COUNT);
    return properties.builder().headers(headers).build();
  }

  /** As it was before it was parked; what would have sent copies to other queues stays away. */
  BasicProperties original() {
    var headers = headers();
    headers.keySet().removeIf(name -> name.startsWith(PARKED));
    headers.remove(DELIVERY_COUNT);
    headers.remove(ACQUIRED_COUNT);
    return properties.builder().headers(headers).build();
  }

  private Map<String, Object> headers() {
    return properties.getHeaders() == null
        ? new HashMap<>()
        : new HashMap<>(properties.getHeaders());
  }

  private String header(String name) {
    var value = headers().get(name);
    return value == null ? "" : Printable.text(value.toString());
  }

  private String digest() {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
