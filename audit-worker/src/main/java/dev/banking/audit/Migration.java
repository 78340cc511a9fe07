package dev.banking.audit;

import dev.banking.audit.retention.RetentionFlyway;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * The command {@code migrate}: changes the tables and ends, for whoever lets only that know the
 * owner's password. With the settings of the application, and of those the {@code DB_} names and
 * {@code AUDIT_RETENTION} alone.
 */
final class Migration {

  private Migration() {}

  static boolean isMeant(List<String> words) {
    return !words.isEmpty() && words.getFirst().equals("migrate");
  }

  /** Fails as a start would, when the database is away or refuses. */
  static void run() {
    var application =
        new SpringApplication(
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            RetentionFlyway.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.run("--spring.flyway.enabled=true", "--spring.main.keep-alive=false").close();
  }
}
