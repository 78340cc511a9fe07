package dev.banking.loadtests.bench;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.lab.Lab;
import dev.banking.loadtests.lab.Progress;
import dev.banking.loadtests.lab.Settings;
import dev.banking.loadtests.lab.Workplace;
import dev.banking.loadtests.report.Report;
import dev.banking.loadtests.report.Table;
import dev.banking.loadtests.system.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code make bench}: exits with 0 when the run went through, whatever it found, and with 1 when it
 * could not.
 */
public final class Bench {

  private static final DateTimeFormatter TO_THE_MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmm").withZone(ZoneOffset.UTC);

  private final Settings settings;
  private final Workplace workplace;
  private final Progress progress;
  private final Report report = new Report();

  private Bench(Settings settings, Workplace workplace, Progress progress) {
    this.settings = settings;
    this.workplace = workplace;
    this.progress = progress;
  }

  /** Settings as words: {@code ONLY=hot,ceiling ROUNDS=5 SECONDS=8 QUICK=yes}. */
  public static void main(String[] arguments) throws InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      var settings = Settings.of(arguments);
      try (var workplace = Workplace.create(Path.of("").toAbsolutePath())) {
        new Bench(settings, workplace, new Progress(out)).run();
      }
      System.exit(0);
    } catch (LoadTestException | IOException | SQLException e) {
      out.println("Bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, SQLException, InterruptedException {
    var about = new LinkedHashMap<>(Machine.description());
    about.put("load average before", Machine.loadAverage());
    about.put("date", Instant.now().toString());
    progress.say("load average before: " + about.get("load average before"));
    var lab = Lab.start(workplace, progress);
    about.putAll(Machine.versions(lab.system(), lab.bank(), workplace.project()));
    tellConditions(about);
    var findings = new Findings(lab, settings, progress, report);
    findings.measure();
    findings.judge();
    write(findings);
  }

  private void tellConditions(Map<String, String> about) {
    var table = new Table().header("what").header("value");
    about.forEach((name, value) -> table.row(List.of(name, value)));
    report.section("Conditions", table);
    report.raw("conditions", about);
  }

  private void write(Findings findings) throws IOException {
    var name = TO_THE_MINUTE.format(Instant.now()) + "-" + Machine.hostClass();
    var results = workplace.project().resolve("load-tests/results");
    report.write(results, name, "Benchmark of " + name);
    progress.print("\n" + report.text());
    progress.print("Written to load-tests/results/" + name + ".md and .json");
    var pictures = settings.isFull() ? workplace.project().resolve("docs/img") : results;
    Files.createDirectories(pictures);
    for (var chart : findings.charts().entrySet()) {
      Files.writeString(pictures.resolve(chart.getKey() + ".svg"), chart.getValue().svg());
      progress.print("Drawn: " + pictures.resolve(chart.getKey() + ".svg"));
    }
  }
}
