package dev.banking.loadtests.lab;

import dev.banking.loadtests.report.Table;
import dev.banking.loadtests.system.ProcessTree;
import dev.banking.loadtests.system.Running;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every process has resident. */
public final class Memory {

  private Memory() {}

  public static Map<String, ProcessTree> processes(Lab lab) {
    var system = lab.system();
    var processes = new LinkedHashMap<String, ProcessTree>();
    processes.put("API", lab.api());
    processes.put("API without relay", lab.quietApi());
    processes.put("notification-worker", Running.application(system, "notification-worker"));
    processes.put("audit-worker", Running.application(system, "audit-worker"));
    processes.put("textbook program", lab.textbook().tree());
    processes.put("PostgreSQL", lab.postgres());
    processes.put("Redis", Running.redis(system));
    processes.put("RabbitMQ", Running.rabbitMq(system));
    return processes;
  }

  /** In MiB. */
  public static Table table(Lab lab) {
    var table = new Table().header("process").header("resident MiB").header("peak MiB");
    processes(lab)
        .forEach((name, tree) ->
            table.row(
                List.of(
                    name,
                    "%.0f".formatted(tree.residentMebibytes()),
                    "%.0f".formatted(tree.peakMebibytes()))));
    return table;
  }
}
