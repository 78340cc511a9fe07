package dev.banking.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.notification.tracing.Tracing;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The real application.yml, with the environment's names. */
class SettingsTest {

  private static final String SECRET = "0123456789abcdef";

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({
    DeliveryProperties.class,
    SmtpProperties.class,
    WebhookProperties.class
  })
  @ConfigurationPropertiesScan(basePackageClasses = Tracing.class)
  @Import({DeliveryConfiguration.class, Tracing.class})
  static class Application {

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }

  private static ApplicationContextRunner with(Map<String, String> environment) {
    return new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withPropertyValues(
            environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
  }

  @Test
  void logsWhenNothingIsSet() {
    with(Map.of())
        .run(context -> {
          assertThat(context.getBean(DeliveryChannel.class).name()).isEqualTo("log");
          assertThat(context.getBean(DeliveryProperties.class).maxAttempts()).isEqualTo(10);
        });
  }

  @Test
  void takesAWebhook() {
    with(Map.of(
            "NOTIFY_CHANNEL", "webhook",
            "NOTIFY_WEBHOOK_URL", "https://example.org/hook?a=b",
            "NOTIFY_WEBHOOK_SECRET", SECRET))
        .run(context ->
            assertThat(context.getBean(DeliveryChannel.class).name()).isEqualTo("webhook"));
  }

  @Test
  void takesAMailServer() {
    with(Map.of(
            "NOTIFY_CHANNEL", "smtp",
            "NOTIFY_SMTP_HOST", "mail.example.org",
            "NOTIFY_SMTP_FROM", "bank@example.org",
            "NOTIFY_SMTP_TO", "user-{userId}@example.org"))
        .run(context -> {
          assertThat(context.getBean(DeliveryChannel.class).name()).isEqualTo("smtp");
          assertThat(context.getBean(SmtpProperties.class).starttls()).isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          webhook |                              |                  | needs NOTIFY_WEBHOOK_URL
          webhook | https://example.org          |                  | needs NOTIFY_WEBHOOK_SECRET
          webhook | https://example.org          | short            | NOTIFY_WEBHOOK_SECRET is shorter
          webhook | ftp://example.org            | 0123456789abcdef | not an http or https address
          webhook | https://user:pw@example.org/ | 0123456789abcdef | not an http or https address
          webhook | https://                     | 0123456789abcdef | not an http or https address
          webhook | /hook                        | 0123456789abcdef | not an http or https address
          smtp    |                              |                  | needs NOTIFY_SMTP_HOST
          pigeon  |                              |                  | pigeon
          """)
  void refusesToStartWithASentence(String channel, String url, String secret, String expected) {
    var environment = new HashMap<String, String>();
    environment.put("NOTIFY_CHANNEL", channel);
    environment.put("NOTIFY_WEBHOOK_URL", url == null ? "" : url);
    environment.put("NOTIFY_WEBHOOK_SECRET", secret == null ? "" : secret);

    with(environment)
        .run(context ->
            assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessageContaining(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "NOTIFY_CONCURRENCY, 0",
    "NOTIFY_CONCURRENCY, 257",
    "NOTIFY_MAX_ATTEMPTS, 0",
    "NOTIFY_RETRY_INITIAL, 0s",
    "NOTIFY_RETRY_MAX, 2d",
    "NOTIFY_SEND_TIMEOUT, 1h",
    "NOTIFY_WEBHOOK_TIMEOUT, 0s",
    "NOTIFY_SMTP_PORT, 0"
  })
  void hasALimitForEverything(String name, String value) {
    with(Map.of(name, value)).run(context -> assertThat(context).hasFailed());
  }

  @Test
  void doesNotPrintSecrets() {
    with(Map.of(
            "NOTIFY_WEBHOOK_SECRET", SECRET,
            "NOTIFY_SMTP_PASSWORD", "hunter2",
            "NOTIFY_WEBHOOK_URL", "https://example.org/?token=t0ken"))
        .run(context -> {
          var printed =
              context.getBean(WebhookProperties.class).toString()
                  + context.getBean(SmtpProperties.class);
          assertThat(printed).doesNotContain(SECRET, "hunter2", "t0ken");
        });
  }
}
