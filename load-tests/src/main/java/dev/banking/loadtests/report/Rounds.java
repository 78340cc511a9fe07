package dev.banking.loadtests.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What several rounds measured, by the name of what was measured. */
public final class Rounds {

  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  /** Adds one round of one thing. */
  public void add(String name, Sample sample) {
    samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(sample);
  }

  public boolean isEmpty() {
    return samples.isEmpty();
  }

  /** The median of one figure; NaN: not measured. */
  public double median(String name, Figure figure) {
    return Sample.median(samples.getOrDefault(name, List.of())).get(figure);
  }

  /** One row for each thing: its medians. */
  public Table table(List<Figure> figures) {
    var table = new Table();
    table.header("what").header("rounds");
    figures.forEach(figure -> table.header(figure.title()));
    samples.forEach((name, rounds) -> {
      var median = Sample.median(rounds);
      var cells = new ArrayList<>(List.of(name, Integer.toString(rounds.size())));
      figures.forEach(figure -> cells.add(figure.text(median.get(figure))));
      table.row(cells);
    });
    return table;
  }

  /** Every round's figures. */
  public Map<String, List<Map<String, Double>>> raw() {
    return samples.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().stream().map(Sample::byTitle).toList(),
                (one, _) -> one,
                LinkedHashMap::new));
  }
}
