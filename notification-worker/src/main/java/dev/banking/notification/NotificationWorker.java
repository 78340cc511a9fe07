package dev.banking.notification;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Tells users what happened to their balance; or does what an operator asks for. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class NotificationWorker {

  /** Runs until it is told to stop; with the words of a command, does that and ends. */
  public static void main(String[] arguments) {
    if (Migration.isMeant(List.of(arguments))) {
      Migration.run();
      return;
    }
    if (Commands.areMeant(List.of(arguments))) {
      Commands.silenceLogs();
      var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
      var commands = new Commands(System.getenv(), Path.of("").toAbsolutePath(), out, err);
      System.exit(commands.run(List.of(arguments)).number());
    }
    SpringApplication.run(NotificationWorker.class, arguments);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
