package dev.banking.loadtests.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds kubeconform, or builds it where Go is. */
final class Kubeconform {

  private static final String VERSION = "v0.8.0";
  private static final String MODULE = "github.com/yannh/kubeconform/cmd/kubeconform@" + VERSION;
  private static final Path TOOLS = Chart.PROJECT.resolve(".local/tools");
  private static final Path SCHEMAS = Chart.PROJECT.resolve("deploy/helm/schemas");

  private Kubeconform() {}

  /** What it says to a file of objects; strict, and of the kinds that the chart has only. */
  static Chart.Answer check(Path file) throws IOException, InterruptedException {
    return Chart.run(
        List.of(
            program().toString(),
            "-strict",
            "-summary",
            "-schema-location",
            SCHEMAS + "/{{ .ResourceKind }}{{ .KindSuffix }}.json",
            file.toString()));
  }

  private static Path program() throws IOException, InterruptedException {
    var present = find("kubeconform");
    if (present.isPresent()) {
      return present.get();
    }
    var go = find("go");
    if (go.isEmpty()) {
      System.err.println(
          "THE CHART WAS NOT HELD AGAINST KUBERNETES' SCHEMAS: neither kubeconform nor Go is here."
              + " Install one of them, or put kubeconform into "
              + TOOLS);
    }
    assumeTrue(go.isPresent(), "kubeconform is missing, and Go to build it");
    System.err.println("kubeconform is missing: building " + VERSION + " into " + TOOLS);
    // No compiler of C, and no version control: it is built from a module.
    var answer =
        Chart.run(
            List.of(
                "env", "GOBIN=" + TOOLS, "CGO_ENABLED=0", go.get().toString(), "install", MODULE));
    assertThat(answer.exitCode()).withFailMessage(answer.errors()).isZero();
    return find("kubeconform").orElseThrow();
  }

  private static Optional<Path> find(String name) {
    var path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(TOOLS), Stream.of(path.split(":", -1)).map(Path::of))
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
        .findFirst();
  }
}
