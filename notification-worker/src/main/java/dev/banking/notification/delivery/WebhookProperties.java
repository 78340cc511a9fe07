package dev.banking.notification.delivery;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where and how the webhook channel posts; needed only with {@code NOTIFY_CHANNEL=webhook}.
 *
 * @param url http or https, without user information
 * @param secret the key of the signature, at least 16 characters
 * @param timeout for connecting, and again for the answer
 */
@Validated
@ConfigurationProperties("notify.webhook")
record WebhookProperties(
    @NotNull String url,
    @NotNull String secret,
    @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration timeout) {

  private static final int MIN_SECRET_LENGTH = 16;

  /** The address, or the sentence that says what is missing or wrong. */
  URI address() {
    MissingSettingException.unlessPresent("webhook", "NOTIFY_WEBHOOK_URL", url);
    MissingSettingException.unlessPresent("webhook", "NOTIFY_WEBHOOK_SECRET", secret);
    if (secret.length() < MIN_SECRET_LENGTH) {
      throw new MissingSettingException(
          "NOTIFY_WEBHOOK_SECRET is shorter than " + MIN_SECRET_LENGTH + " characters");
    }
    try {
      var address = new URI(url);
      if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null
          && address.getUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // Said below, without the address: it may hold a token.
    }
    throw new MissingSettingException(
        "NOTIFY_WEBHOOK_URL is not an http or https address without user information");
  }

  /** Without the secret; the address may hold one too. */
  @Override
  public String toString() {
    return "WebhookProperties[timeout=" + timeout + "]";
  }
}
