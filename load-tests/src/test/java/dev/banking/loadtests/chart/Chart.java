package dev.banking.loadtests.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The chart, and what Helm says of it. */
final class Chart {

  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  static final Path FOLDER = PROJECT.resolve("deploy/helm/banking");

  private static final int LIMIT_MINUTES = 2;

  private Chart() {}

  /** How a program ended, and what it said. */
  record Answer(int exitCode, String output, String errors) {}

  /** {@code helm lint --strict}. */
  static Answer lint() throws IOException, InterruptedException {
    return helm("lint", List.of());
  }

  /** {@code helm template}, with files of values on top of the chart's own. */
  static Answer template(Path... values) throws IOException, InterruptedException {
    return helm("template", Stream.of(values).map(Path::toString).toList());
  }

  /** The objects that it makes. */
  static List<Map<String, Object>> objects(Path... values)
      throws IOException, InterruptedException {
    var answer = template(values);
    assertThat(answer.exitCode()).withFailMessage(answer.errors()).isZero();
    return objects(answer.output());
  }

  /** The objects in a text. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(String yaml) {
    return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
        .filter(Objects::nonNull)
        .map(object -> (Map<String, Object>) object)
        .toList();
  }

  private static Answer helm(String command, List<String> files)
      throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var line =
        new ArrayList<>(
            List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HelmProgram.class.getName(),
                command,
                FOLDER.toString()));
    line.addAll(files);
    return run(line);
  }

  /** Runs a program to its end. */
  static Answer run(List<String> line) throws IOException, InterruptedException {
    var output = Files.createTempFile("chart-", ".out");
    var errors = Files.createTempFile("chart-", ".err");
    var process =
        new ProcessBuilder(line)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as(line.toString()).isTrue();
      return new Answer(process.exitValue(), Files.readString(output), Files.readString(errors));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
      Files.delete(errors);
    }
  }
}
