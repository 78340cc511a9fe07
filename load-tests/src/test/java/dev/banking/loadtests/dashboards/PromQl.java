package dev.banking.loadtests.dashboards;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The metrics that a query names, and the labels that it asks of each. No parser: what is no metric
 * is taken away (texts, ranges, lists of labels), and the words that are left are metrics, unless
 * the language owns them or a parenthesis follows, which makes them functions.
 */
final class PromQl {

  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern LABELS =
      Pattern.compile(
          "\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern METRIC =
      Pattern.compile("(?<![\\w:.$])([a-zA-Z_:][\\w:]*)(?![\\w:]|\\s*\\()\\s*(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*[=!]");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  private PromQl() {}

  /** By metric, the labels that it is selected by. */
  static Map<String, Set<String>> metrics(String query) {
    var metrics = new TreeMap<String, Set<String>>();
    var rest = TEXT.matcher(query).replaceAll("\"\"");
    rest = RANGE.matcher(rest).replaceAll("");
    rest = LABELS.matcher(rest).replaceAll("");
    var words = METRIC.matcher(rest);
    while (words.find()) {
      if (!WORDS.contains(words.group(1))) {
        var labels = metrics.computeIfAbsent(words.group(1), _ -> new TreeSet<>());
        var matchers = MATCHER.matcher(words.group(2) == null ? "" : words.group(2));
        while (matchers.find()) {
          labels.add(matchers.group(1));
        }
      }
    }
    return metrics;
  }
}
