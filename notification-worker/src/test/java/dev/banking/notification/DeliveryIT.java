package dev.banking.notification;

import static dev.banking.notification.TestWorker.event;
import static dev.banking.notification.TestWorker.eventually;
import static dev.banking.notification.TestWorker.json;
import static dev.banking.notification.TestWorker.newUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.common.Topology;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryIT {

  private static final String SECRET = "0123456789abcdef";

  private final TestWorker worker = new TestWorker();

  @BeforeEach
  void forgetWhatOthersLeft() {
    worker.start(Map.of());
    worker.jdbc.sql("DELETE FROM notification.notification").update();
    worker.stop();
  }

  @AfterEach
  void close() {
    worker.close();
  }

  private void startWithWebhook(FakeWebhook webhook, String maxAttempts, String sendTimeout) {
    worker.start(
        Map.of(
            "NOTIFY_CHANNEL",
            "webhook",
            "NOTIFY_WEBHOOK_URL",
            webhook.url(),
            "NOTIFY_WEBHOOK_SECRET",
            SECRET,
            "NOTIFY_MAX_ATTEMPTS",
            maxAttempts,
            "NOTIFY_SEND_TIMEOUT",
            sendTimeout,
            "NOTIFY_WEBHOOK_TIMEOUT",
            "30s",
            "NOTIFY_RETRY_INITIAL",
            "20ms",
            "NOTIFY_RETRY_MAX",
            "100ms"));
  }

  @Test
  void triesAWebhookAgainUntilItTakesTheEvent() {
    try (var webhook = new FakeWebhook(2, 500).open()) {
      startWithWebhook(webhook, "10", "15s");
      var user = newUser();
      var event = event(user, 1);

      worker.publish(event);

      eventually().until(() -> worker.rows(user, "SENT") == 1);
      assertThat(worker.row(user))
          .containsEntry("attempts", 3)
          .containsEntry("channel", "webhook")
          .containsEntry("last_error", null)
          .containsEntry("next_attempt_at", null);
      assertThat(webhook.requests).hasSize(3);
      assertThat(webhook.requests)
          .allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.body()).isEqualTo(json(event));
            assertThat(request.headers().getFirst("X-Event-Id")).isEqualTo(event.id().toString());
            assertThat(request.headers().getFirst("Content-Type"))
                .isEqualTo("application/cloudevents+json");
            var timestamp = request.headers().getFirst("X-Signature-Timestamp");
            assertThat(request.headers().getFirst("X-Signature-256"))
                .isEqualTo(signature(timestamp + "." + json(event)));
          });
    }
  }

  // Written anew, as a receiver would.
  private static String signature(String signed) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
  }

  @Test
  void emptiesTheQueueWhileTheWebhookAnswersNobody() {
    try (var webhook = new FakeWebhook(0, 500)) {
      startWithWebhook(webhook, "10", "15s");
      var user = newUser();

      LongStream.rangeClosed(1, 500).forEach(i -> worker.publish(event(user, i)));

      eventually().until(() -> worker.rows(user, "PENDING") == 500);
      eventually().until(() -> worker.queued(Topology.NOTIFICATIONS) == 0);
      assertThat(worker.rows(user, "SENT")).isZero();
      webhook.open();
      eventually().until(() -> worker.rows(user, "SENT") == 500);
      assertThat(webhook.requests).hasSize(500);
    }
  }

  @Test
  void givesUpAfterTheLastAttemptAndSaysWhy() {
    try (var webhook = new FakeWebhook(100, 503).open()) {
      startWithWebhook(webhook, "3", "15s");
      var user = newUser();

      worker.publish(event(user, 1));

      eventually().until(() -> worker.rows(user, "FAILED") == 1);
      assertThat(worker.row(user))
          .containsEntry("attempts", 3)
          .containsEntry("last_error", "answered HTTP 503");
      assertThat(webhook.requests).hasSize(3);
    }
  }

  @Test
  void doesNotFollowARedirect() {
    try (var webhook = new FakeWebhook(100, 307).open()) {
      startWithWebhook(webhook, "1", "15s");
      var user = newUser();

      worker.publish(event(user, 1));

      eventually().until(() -> worker.rows(user, "FAILED") == 1);
      assertThat(worker.row(user)).containsEntry("last_error", "answered HTTP 307");
    }
  }

  @Test
  void endsAnAttemptThatTakesTooLong() {
    try (var webhook = new FakeWebhook(0, 500)) {
      startWithWebhook(webhook, "1", "300ms");
      var user = newUser();

      worker.publish(event(user, 1));

      eventually().until(() -> worker.rows(user, "FAILED") == 1);
      assertThat(worker.row(user)).containsEntry("last_error", "took longer than PT0.3S");
    }
  }

  @Test
  void twoWorkersTellEachUserOnce() {
    try (var webhook = new FakeWebhook(0, 500).open();
        var second = new TestWorker()) {
      startWithWebhook(webhook, "10", "15s");
      second.start(
          Map.of(
              "NOTIFY_CHANNEL",
              "webhook",
              "NOTIFY_WEBHOOK_URL",
              webhook.url(),
              "NOTIFY_WEBHOOK_SECRET",
              SECRET));
      var user = newUser();

      LongStream.rangeClosed(1, 1000).forEach(i -> worker.publish(event(user, i)));

      eventually().until(() -> worker.rows(user, "SENT") == 1000);
      assertThat(webhook.requests.stream().map(r -> r.headers().getFirst("X-Event-Id")))
          .hasSize(1000)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void sendsWhatAnotherChannelLeftPending() {
    var user = newUser();
    try (var webhook = new FakeWebhook(0, 500)) {
      startWithWebhook(webhook, "10", "200ms");
      worker.publish(event(user, 1));
      eventually().until(() -> worker.rows(user, "PENDING") == 1);
      worker.stop();
    }
    worker.jdbc.sql("UPDATE notification.notification SET next_attempt_at = now()").update();

    worker.start(Map.of());

    eventually().until(() -> worker.rows(user, "SENT") == 1);
    assertThat(worker.row(user)).containsEntry("channel", "log");
  }

  @Test
  void sendsMailAndTriesAgainWhenTheServerIsBusy() {
    try (var server = new FakeMailServer(2)) {
      worker.start(
          Map.of(
              "NOTIFY_CHANNEL", "smtp",
              "NOTIFY_SMTP_HOST", "127.0.0.1",
              "NOTIFY_SMTP_PORT", Integer.toString(server.port()),
              "NOTIFY_SMTP_FROM", "bank@example.org",
              "NOTIFY_SMTP_TO", "user-{userId}@example.org",
              "NOTIFY_SMTP_STARTTLS", "false",
              "NOTIFY_RETRY_INITIAL", "20ms"));
      var user = newUser();
      var event = event(user, 9);

      worker.publish(event);

      eventually().until(() -> worker.rows(user, "SENT") == 1);
      assertThat(worker.row(user)).containsEntry("attempts", 3);
      assertThat(server.mails).hasSize(1);
      var mail = server.mails.getFirst();
      assertThat(mail.from()).contains("<bank@example.org>");
      assertThat(mail.to()).contains("<user-" + user + "@example.org>");
      assertThat(mail.text())
          .contains("Message-ID: <" + event.id() + "@banking>")
          .contains("changed by -2.00")
          .contains("It is 98.00 now");
    }
  }

  @Test
  void refusesToSendMailInTheClearWhenItMustBeEncrypted() {
    try (var server = new FakeMailServer(0)) {
      worker.start(
          Map.of(
              "NOTIFY_CHANNEL", "smtp",
              "NOTIFY_SMTP_HOST", "127.0.0.1",
              "NOTIFY_SMTP_PORT", Integer.toString(server.port()),
              "NOTIFY_SMTP_FROM", "bank@example.org",
              "NOTIFY_SMTP_TO", "user@example.org",
              "NOTIFY_MAX_ATTEMPTS", "1"));
      var user = newUser();

      worker.publish(event(user, 1));

      eventually().until(() -> worker.rows(user, "FAILED") == 1);
      assertThat(server.mails).isEmpty();
    }
  }
}
