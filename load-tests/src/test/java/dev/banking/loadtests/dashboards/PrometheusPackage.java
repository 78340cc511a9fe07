package dev.banking.loadtests.dashboards;

import dev.banking.localstack.DebianPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Prometheus and its promtool; installed when they are missing, as RabbitMQ is. */
final class PrometheusPackage {

  private PrometheusPackage() {}

  static Path program(String name) {
    return new DebianPackage(
            "Prometheus",
            "prometheus",
            () -> onPath(name),
            "https://prometheus.io/download/, and its folder in PATH")
        .program(System.err::println);
  }

  private static Optional<Path> onPath(String name) {
    var path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
        .findFirst();
  }
}
