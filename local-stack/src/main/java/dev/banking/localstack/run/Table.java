package dev.banking.localstack.run;

import dev.banking.localstack.Backends;
import dev.banking.localstack.Postgres;
import dev.banking.localstack.RabbitMq;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where everything is: for people, and for other tools. */
final class Table {

  private static final String TOKEN = " -H \"Authorization: Bearer $(make -s token)\"";

  private final PortNumbers ports;
  private final Scale scale;
  private final Backends backends;
  private final Path folder;
  private final boolean needsToken;

  /**
   * Knows where everything is.
   *
   * @param needsToken whether the API asks for one
   */
  Table(PortNumbers ports, Scale scale, Backends backends, Path folder, boolean needsToken) {
    this.ports = ports;
    this.scale = scale;
    this.backends = backends;
    this.folder = folder;
    this.needsToken = needsToken;
  }

  /**
   * What to read and what to try.
   *
   * @param processes the applications' process ids by name
   */
  String text(Map<String, Long> processes) {
    var postgres = backends.postgres();
    var rows =
        row("What", "Where", "Process")
            + row("----", "-----", "-------")
            + row("API", http(Port.API) + via(), processes.getOrDefault(front(), -1L))
            + row("  documentation", http(Port.API) + "/docs", "")
            + row("  health, metrics", actuator(Port.API_MANAGEMENT), "")
            + instances(processes)
            + worker("notification", Port.NOTIFICATION_MANAGEMENT, processes)
            + worker("audit", Port.AUDIT_MANAGEMENT, processes)
            + row("PostgreSQL", "localhost:" + postgres.port() + account(), postgres.pid())
            + row("Redis", "localhost:" + backends.redis().port(), backends.redis().pid())
            + row("RabbitMQ", backends.rabbitMq().url(), backends.rabbitMq().pid())
            + row("  management", http(Port.RABBITMQ_MANAGEMENT) + credentials(), "");
    return """

    %s
    Try it:
      curl -X PUT %s/api/users/1/balance -H 'Content-Type: application/json'%s -d '{"amount": 100.50}'

    Data and addresses: %s (stack.env has PostgreSQL's password). Stop: Ctrl-C.
    """
        .formatted(rows, http(Port.API), needsToken ? TOKEN : "", folder);
  }

  /** The same for other tools, under the names that the applications and the load test use. */
  Map<String, String> addresses() {
    var addresses = new LinkedHashMap<>(backends.environment());
    addresses.put("BASE_URL", http(Port.API));
    addresses.put("MANAGEMENT_URL", http(Port.API_MANAGEMENT));
    addresses.put("NOTIFICATION_URL", http(Port.NOTIFICATION));
    addresses.put("NOTIFICATION_MANAGEMENT_URL", http(Port.NOTIFICATION_MANAGEMENT));
    addresses.put("AUDIT_URL", http(Port.AUDIT));
    addresses.put("AUDIT_MANAGEMENT_URL", http(Port.AUDIT_MANAGEMENT));
    addresses.put("RABBITMQ_MANAGEMENT_URL", http(Port.RABBITMQ_MANAGEMENT));
    if (scale.isBalanced()) {
      for (var instance : scale.instances()) {
        addresses.put("BASE_URL_" + instance.number(), http(instance.port()));
        addresses.put("MANAGEMENT_URL_" + instance.number(), http(instance.managementPort()));
      }
    }
    return addresses;
  }

  private String worker(String name, Port management, Map<String, Long> processes) {
    return row(name + "-worker", actuator(management), processes.getOrDefault(name, -1L));
  }

  /** Who has the API's port. */
  private String front() {
    return scale.isBalanced() ? "balancer" : "api";
  }

  private String via() {
    return scale.isBalanced() ? ", HAProxy before " + scale.instances().size() : "";
  }

  private String instances(Map<String, Long> processes) {
    var rows = new StringBuilder();
    if (scale.isBalanced()) {
      for (var instance : scale.instances()) {
        var where = http(instance.port()) + ", health on " + instance.managementPort();
        var process = processes.getOrDefault("api-" + instance.number(), -1L);
        rows.append(row("  instance " + instance.number(), where, process));
      }
    }
    return rows.toString();
  }

  private String http(Port port) {
    return http(ports.of(port));
  }

  private static String http(int port) {
    return "http://localhost:" + port;
  }

  private String actuator(Port port) {
    return http(port) + "/actuator/health";
  }

  private static String account() {
    return ", database " + Postgres.DATABASE + ", user " + Postgres.ROLE;
  }

  private static String credentials() {
    return ", user \"" + RabbitMq.USER + "\", password \"" + RabbitMq.PASSWORD + "\"";
  }

  private static String row(String what, String where, Object process) {
    return "%-21s %-62s %s".formatted(what, where, process).stripTrailing() + "\n";
  }
}
