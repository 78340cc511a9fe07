package dev.banking.loadtests.model;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * {@code make scaling-model}: prints what the model says, and puts the same text and its pictures
 * into the documentation, in place of what was there.
 */
public final class ScalingModel {

  static final String BEGIN = "<!-- make scaling-model writes from here … -->\n";
  static final String END = "<!-- … to here -->\n";

  private ScalingModel() {}

  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      var measured = Measured.read();
      var calibration = Calibration.of(measured);
      var text = text(measured, calibration);
      out.println(text);
      var docs = Path.of("docs");
      var page = docs.resolve("scaling.md");
      Files.writeString(page, inserted(Files.readString(page), text));
      var pictures = Files.createDirectories(docs.resolve("img"));
      var curves = new Curves(calibration, measured);
      Files.writeString(pictures.resolve("scaling-throughput.svg"), curves.throughput().svg());
      Files.writeString(pictures.resolve("scaling-latency.svg"), curves.latency().svg());
      out.println("Written to docs/scaling.md and docs/img/scaling-*.svg");
    } catch (LoadTestException | IOException e) {
      out.println("Scaling model: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Everything that the model says, as Markdown. */
  static String text(Measured measured, Calibration calibration) {
    var comparison = new Comparison(measured, calibration);
    var tables = new Tables(calibration);
    var report = new Report();
    report.section(
        "The model's error on the measured points",
        measured.text("when") + "; " + measured.text("machine") + ".",
        Tables.errors(comparison),
        "\"Given\": the model was set by it. Largest error of a predicted rate: **%.0f %%**."
            .formatted(comparison.worstPercent()),
        parameters(measured, calibration));
    report.section("Against connections", "The measured machine.", tables.connections());
    report.section(
        "Larger machines", "1,000 connections; lanes: half the processors.", tables.processors());
    report.section(
        "One hot account, slower commits",
        "The measured machine, but for the commit: what replication over a network costs.",
        tables.commits());
    report.section(
        "How many of each",
        "Many users. Each part used to %.0f %% at most."
            .formatted(measured.needed("assumed.use") * 100),
        Tables.parts(Sizing.of(measured, calibration.costs())));
    // One level below the page's own sections.
    return report.text().replace("## ", "### ");
  }

  private static String parameters(Measured measured, Calibration calibration) {
    var costs = calibration.costs();
    return String.format(
        Locale.ROOT,
        """
        Parameters, in ms: HTTP %.3f a request; a batch %.2f and %.4f for each change, %.3f for each \
        further user; a commit waits %.2f. %.2f processors are left beside relay, broker and \
        workers. An event's way to both workers: at most %.2f.\
        """,
        costs.http(),
        costs.batch(),
        costs.change(),
        costs.otherUser(),
        costs.commit(),
        calibration.setup().processors(),
        Sizing.eventMillis(measured));
  }

  /** The page with the text between the two marks. */
  static String inserted(String page, String text) {
    var begin = page.indexOf(BEGIN);
    var end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new LoadTestException("docs/scaling.md has lost its marks: " + BEGIN.strip());
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + text + "\n" + page.substring(end);
  }
}
