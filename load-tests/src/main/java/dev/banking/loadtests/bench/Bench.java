package dev.banking.loadtests.bench;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.report.Figure;
import dev.banking.loadtests.report.Ratio;
import dev.banking.loadtests.report.Report;
import dev.banking.loadtests.report.Table;
import dev.banking.loadtests.report.Verdicts;
import dev.banking.loadtests.system.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
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
  private final Verdicts verdicts = new Verdicts();

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
      var project = Path.of("").toAbsolutePath();
      try (var workplace = Workplace.create(project)) {
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
    alternate(lab);
    finish();
  }

  private void tellConditions(Map<String, String> about) {
    var table = new Table().header("what").header("value");
    about.forEach((name, value) -> table.row(List.of(name, value)));
    report.section("Conditions", table);
    report.raw("conditions", about);
  }

  private void alternate(Lab lab) throws IOException, InterruptedException {
    var alternating = new AlternatingRounds(lab, settings, progress);
    alternating.warmUp();
    var rounds = alternating.measure();
    if (rounds.isEmpty()) {
      return;
    }
    var figures = EnumSet.allOf(Figure.class);
    report.section(
        "Side by side",
        "Medians of %d alternating rounds of %d s each, after a warm-up of %d s; everything after the third column per request."
            .formatted(
                settings.rounds(), settings.measured().toSeconds(), settings.warmUp().toSeconds()),
        rounds.table(List.copyOf(figures)));
    report.raw("rounds", rounds.raw());
    new Promises(rounds).judge(verdicts);
  }

  private void finish() throws IOException {
    report.section(
        "Verdict",
        verdicts.table(),
        "%d reached, %d missed, %d not measured."
            .formatted(
                verdicts.count(Ratio.Verdict.REACHED),
                verdicts.count(Ratio.Verdict.MISSED),
                verdicts.count(Ratio.Verdict.NOT_MEASURED)));
    report.raw("verdict", verdicts.raw());
    var name = TO_THE_MINUTE.format(Instant.now()) + "-" + Machine.hostClass();
    var folder = workplace.project().resolve("load-tests/results");
    report.write(folder, name, "Benchmark of " + name);
    progress.print("\n" + report.text());
    progress.print("Written to load-tests/results/" + name + ".md and .json");
  }
}
