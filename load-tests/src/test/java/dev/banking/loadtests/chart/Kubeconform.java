package dev.banking.loadtests.chart;

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
    var built = find("go").isPresent() && build();
    if (!built) {
      System.err.println(
          "THE CHART WAS NOT HELD AGAINST KUBERNETES' SCHEMAS: kubeconform is not here, nor a Go that"
              + " can build it. Put kubeconform into "
              + TOOLS);
    }
    assumeTrue(built, "kubeconform is missing, and a Go that can build it");
    return find("kubeconform").orElseThrow();
  }

  /** False when this machine's Go is too old, or has no way to the module. */
  private static boolean build() throws IOException, InterruptedException {
    System.err.println("kubeconform is missing: building " + VERSION + " into " + TOOLS);
    // No compiler of C, and no version control: it is built from a module.
    var answer =
        Chart.run(List.of("env", "GOBIN=" + TOOLS, "CGO_ENABLED=0", "go", "install", MODULE));
    System.err.print(answer.errors());
    return answer.exitCode() == 0;
  }

  private static Optional<Path> find(String name) {
    var path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(TOOLS), Stream.of(path.split(":", -1)).map(Path::of))
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
        .findFirst();
  }
}
