package dev.banking.loadtests.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All promises, each with its bar and its figure. */
public final class Verdicts {

  private final List<Ratio> ratios = new ArrayList<>();

  /** One more. */
  public Verdicts add(Ratio ratio) {
    ratios.add(ratio);
    return this;
  }

  public long count(Ratio.Verdict verdict) {
    return ratios.stream().filter(ratio -> ratio.verdict() == verdict).count();
  }

  /** All of them, also those that were missed or not measured. */
  public Table table() {
    var table = new Table();
    table.header("promise").header("bar").header("found").header("verdict").header("from");
    for (var ratio : ratios) {
      table.row(
          List.of(
              ratio.promise(),
              ratio.barText(),
              ratio.foundText(),
              ratio.verdict().toString(),
              ratio.how()));
    }
    return table;
  }

  /** For programs. */
  public List<Map<String, Object>> raw() {
    return ratios.stream()
        .map(ratio -> {
          var raw = new LinkedHashMap<String, Object>();
          raw.put("promise", ratio.promise());
          raw.put("bar", ratio.barText());
          if (!Double.isNaN(ratio.found())) {
            raw.put("found", ratio.found());
          }
          raw.put("verdict", ratio.verdict().toString());
          return (Map<String, Object>) raw;
        })
        .toList();
  }
}
