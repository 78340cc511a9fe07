package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/security.md names a test for each threat and each risk, and each of them is there. */
class SecurityPageTest {

  private static final Path PROJECT = Path.of("..");
  private static final Pattern TEST =
      Pattern.compile("`([A-Z][A-Za-z0-9]+(?:IT|Test))(?:\\.([a-z][A-Za-z0-9]+))?`");

  private static List<String> page() throws IOException {
    return Files.readAllLines(PROJECT.resolve("docs/security.md"));
  }

  /** The sources of all tests, by the names of their classes. */
  private static Map<String, Path> tests() throws IOException {
    try (var files = Files.find(PROJECT, 12, (file, _) -> isTest(file.toString()))) {
      return files.collect(
          Collectors.toMap(
              file -> String.valueOf(file.getFileName()).replace(".java", ""),
              file -> file,
              (one, _) -> one));
    }
  }

  private static boolean isTest(String file) {
    return file.contains("/src/test/java/") && file.matches(".*(IT|Test)\\.java");
  }

  @Test
  void eachTestThatIsNamedExists() throws IOException {
    var tests = tests();
    var named = page().stream().flatMap(line -> TEST.matcher(line).results()).toList();
    assertThat(named).hasSizeGreaterThan(20);
    for (var test : named) {
      assertThat(tests).containsKey(test.group(1));
      if (test.group(2) != null) {
        assertThat(sources(test)).as(test.group()).contains(" " + test.group(2) + "(");
      }
    }
  }

  /** Of all the modules that have a class of that name. */
  private static String sources(MatchResult test) throws IOException {
    var name = test.group(1) + ".java";
    try (var files = Files.find(PROJECT, 12, (file, _) -> file.endsWith(name))) {
      var text = new StringBuilder();
      for (var file : files.filter(found -> isTest(found.toString())).toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }

  @Test
  void eachRowNamesATest() throws IOException {
    var rows = rowsOf("## Threats");
    rows.addAll(rowsOf("## OWASP API Security Top 10 (2023)"));
    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(rows).allSatisfy(row -> assertThat(row).containsPattern(TEST));
    assertThat(rowsOf("## OWASP API Security Top 10 (2023)"))
        .extracting(row -> row.replaceFirst("\\| (API[0-9]+) .*", "$1"))
        .containsExactly(
            "API1", "API2", "API3", "API4", "API5", "API6", "API7", "API8", "API9", "API10");
  }

  private static List<String> rowsOf(String heading) throws IOException {
    return page().stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line ->
            line.startsWith("| ") && !line.startsWith("| who ") && !line.startsWith("| risk "))
        .collect(Collectors.toList());
  }
}
