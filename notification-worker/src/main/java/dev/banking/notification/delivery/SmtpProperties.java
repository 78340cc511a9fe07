package dev.banking.notification.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The mail server and the addresses; needed only with {@code NOTIFY_CHANNEL=smtp}.
 *
 * @param host the server
 * @param port 587 for submission
 * @param username empty: no authentication
 * @param password used only with a user name
 * @param from the sender's address
 * @param to the recipient's address; {@code {userId}} in it is replaced by the user's number
 * @param starttls whether the connection must be encrypted before anything is said
 * @param timeout for connecting, for each read and for each write
 */
@Validated
@ConfigurationProperties("notify.smtp")
record SmtpProperties(
    @NotNull String host,
    @Min(1) @Max(65535) int port,
    @NotNull String username,
    @NotNull String password,
    @NotNull String from,
    @NotNull String to,
    boolean starttls,
    @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration timeout) {

  void mustBeComplete() {
    MissingSettingException.unlessPresent("smtp", "NOTIFY_SMTP_HOST", host);
    MissingSettingException.unlessPresent("smtp", "NOTIFY_SMTP_FROM", from);
    MissingSettingException.unlessPresent("smtp", "NOTIFY_SMTP_TO", to);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SmtpProperties[host=" + host + ", port=" + port + ", starttls=" + starttls + "]";
  }
}
