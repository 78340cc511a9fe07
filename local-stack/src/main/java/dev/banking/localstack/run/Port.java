package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import dev.banking.localstack.Ports;
import java.util.Arrays;

/** Every port that a run listens on, and the variable that moves it. */
enum Port {
  API("PORT", 3000, "the API"),
  NOTIFICATION("NOTIFICATION_PORT", 3001, "notification-worker"),
  AUDIT("AUDIT_PORT", 3002, "audit-worker"),
  API_MANAGEMENT("MANAGEMENT_SERVER_PORT", 9000, "the API's health and metrics"),
  NOTIFICATION_MANAGEMENT("NOTIFICATION_MANAGEMENT_PORT", 9001, "notification-worker's health"),
  AUDIT_MANAGEMENT("AUDIT_MANAGEMENT_PORT", 9002, "audit-worker's health"),
  POSTGRES("POSTGRES_PORT", 15432, "PostgreSQL"),
  REDIS("REDIS_PORT", 16379, "Redis"),
  RABBITMQ("RABBITMQ_PORT", 15673, "RabbitMQ"),
  RABBITMQ_MANAGEMENT("RABBITMQ_MANAGEMENT_PORT", 15672, "RabbitMQ's management pages");

  static final int HIGHEST = 65_535;

  private final String variable;
  private final int usual;
  private final String user;

  Port(String variable, int usual, String user) {
    this.variable = variable;
    this.usual = usual;
    this.user = user;
  }

  String variable() {
    return variable;
  }

  /** Refuses a port that somebody else listens on. */
  void requireFree(int number) {
    Ports.requireFree(user, number, "choose another port for it with " + variable + "=…");
  }

  /** The lines of the help text. */
  static String help() {
    return String.join(
        "\n",
        Arrays.stream(values())
            .map(port -> "  %-29s %5d  %s".formatted(port.variable, port.usual, port.user))
            .toList());
  }

  /** What the variable says. */
  int number(String text) {
    if (text.isBlank()) {
      return usual;
    }
    if (text.matches("[0-9]{1,5}")) {
      var number = Integer.parseInt(text);
      if (number > 0 && number <= HIGHEST) {
        return number;
      }
    }
    throw new BackendException(variable + "=" + text + " is no port: it must be 1 to " + HIGHEST);
  }
}
