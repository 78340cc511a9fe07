package dev.banking.loadtests.rounds;

import dev.banking.loadtests.generator.Wrk;
import dev.banking.loadtests.lab.Events;
import dev.banking.loadtests.lab.Guarded;
import dev.banking.loadtests.lab.Lab;
import dev.banking.loadtests.lab.Part;
import dev.banking.loadtests.lab.Progress;
import dev.banking.loadtests.lab.Settings;
import dev.banking.loadtests.lab.Target;
import dev.banking.loadtests.report.Figure;
import dev.banking.loadtests.report.Rounds;
import dev.banking.loadtests.report.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A B C … A B C …: whatever disturbs the machine for a while disturbs all alike. */
public final class AlternatingRounds {

  private final Lab lab;
  private final Settings settings;
  private final Progress progress;

  public AlternatingRounds(Lab lab, Settings settings, Progress progress) {
    this.lab = lab;
    this.settings = settings;
    this.progress = progress;
  }

  /** Everything that was chosen, so many times. */
  public Rounds measure() throws IOException, InterruptedException {
    var rounds = new Rounds();
    var measure = new Measure(lab, settings.measured());
    for (var round = 1; round <= settings.rounds(); round++) {
      for (var series : chosen()) {
        var sample = measure.of(series);
        rounds.add(series.title(), sample);
        progress.say(
            "round %d of %d  %-46s %8s/s  p99 %8s ms"
                .formatted(
                    round,
                    settings.rounds(),
                    series.title(),
                    text(sample, Figure.REQUESTS_PER_SECOND),
                    text(sample, Figure.P99_MILLIS)));
      }
    }
    return rounds;
  }

  /** Compilers, caches and connections: before anything is measured. */
  public void warmUp() throws IOException, InterruptedException {
    var request = Wrk.Request.change(lab.main().hotUser(), "0.01");
    progress.say("warming up: the API …");
    warmUp(lab.main(), request);
    progress.say("warming up: the API without relay …");
    warmUp(lab.quiet(), Wrk.Request.change(lab.quiet().hotUser(), "0.01"));
    if (settings.has(Part.GUARDED)) {
      progress.say("warming up: an API with tokens, limits and traces, and one without …");
      warmUp(lab.startGuarded(), request);
    }
    if (settings.has(Part.TEXTBOOK) || settings.has(Part.CURVE)) {
      progress.say("warming up: the textbook program …");
      lab.wrk().fire(lab.textbook().base(), Wrk.Request.change(1, "0.01"), 200, settings.warmUp());
    }
    progress.say("waiting for the workers …");
    new Events(lab.bank()).awaitNone();
  }

  private void warmUp(Target target, Wrk.Request hot) throws InterruptedException {
    var wrk = lab.wrk();
    var rest = Duration.ofSeconds(Math.max(1, settings.warmUp().toSeconds() / 4));
    wrk.fire(target.base(), hot, 200, settings.warmUp());
    wrk.fire(target.base(), Wrk.Request.ofUsers(target.idFile(), "0.01", 0.5), 200, rest);
    wrk.fire(target.base(), Wrk.Request.read(target.hotUser(), "no-cache"), 200, rest);
    wrk.fire(target.base(), Wrk.Request.refusedChange(target.hotUser(), "0"), 200, rest);
  }

  /** Twice as long as others: what is compared differs by less than cold code costs. */
  private void warmUp(Guarded pair, Wrk.Request hot) throws InterruptedException {
    for (var half = 0; half < 2; half++) {
      lab.wrk().fire(pair.plain().base(), hot, 200, settings.warmUp());
      lab.wrk().fire(pair.api().base(), hot.with(pair.token()), 200, settings.warmUp());
    }
  }

  private static String text(Sample sample, Figure figure) {
    return figure.text(sample.get(figure));
  }

  private List<Series> chosen() {
    return Arrays.stream(Series.values()).filter(series -> settings.has(series.part())).toList();
  }
}
