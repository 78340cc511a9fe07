package dev.banking.notification.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.banking.common.EventCodec;
import dev.banking.common.Topology;
import dev.banking.notification.store.Notification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;

/**
 * Posts the event as it is, signed. Any 2xx answer takes the responsibility; redirects are not
 * followed, because the signed event is for the configured address alone.
 */
final class WebhookChannel implements DeliveryChannel, AutoCloseable {

  /** Enough to keep the connection usable for the next request; the answer's text is not kept. */
  private static final int MAX_ANSWER_BYTES = 4096;

  private final HttpClient client;
  private final URI address;
  private final Duration timeout;
  private final Signature signature;
  private final Clock clock;

  WebhookChannel(WebhookProperties properties, Clock clock) {
    this.address = properties.address();
    this.timeout = properties.timeout();
    this.signature = new Signature(properties.secret());
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public boolean isImmediate() {
    return false;
  }

  @Override
  public void deliver(Notification notification)
      throws DeliveryFailedException, InterruptedException {
    int status;
    try {
      var answer = client.send(request(notification), BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        body.readNBytes(MAX_ANSWER_BYTES);
      }
      status = answer.statusCode();
    } catch (IOException e) {
      throw new DeliveryFailedException("no answer: " + e.getClass().getSimpleName(), e);
    }
    if (status < 200 || status > 299) {
      throw new DeliveryFailedException("answered HTTP " + status);
    }
  }

  private HttpRequest request(Notification notification) {
    var body = notification.payload().getBytes(UTF_8);
    var timestamp = Long.toString(clock.instant().getEpochSecond());
    var request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", EventCodec.CONTENT_TYPE)
            .header("X-Event-Id", notification.eventId().toString())
            .header("X-Signature-Timestamp", timestamp)
            .header("X-Signature-256", signature.of(timestamp, body));
    if (notification.traceparent() != null) {
      request.header(Topology.TRACEPARENT, notification.traceparent());
    }
    return request.POST(BodyPublishers.ofByteArray(body)).build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
