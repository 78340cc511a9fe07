package dev.banking.loadtests.chart;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.springframework.util.FileSystemUtils;

/**
 * Helm as a program of its own: the Go runtime in it takes over signals, which a test's JVM should
 * keep.
 */
public final class HelmProgram {

  private HelmProgram() {}

  /** {@code lint CHART} or {@code template CHART FILE…}; exit code 1 when Helm is not content. */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[1]);
    if (arguments[0].equals("lint")) {
      var result = new Helm(folder).lint().strict().call();
      System.out.println(String.join("\n", result.getMessages()));
      System.exit(result.isFailed() ? 1 : 0);
    }
    var copy = Files.createTempDirectory("chart-");
    try {
      copyWithoutHooks(folder, copy);
      var command = new Helm(copy).template().withName("banking").withNamespace("bank");
      command.withKubeVersion("1.37.0");
      Arrays.stream(arguments).skip(2).map(Path::of).forEach(command::withValuesFile);
      System.out.println(command.call());
    } finally {
      FileSystemUtils.deleteRecursively(copy);
    }
    // The Go runtime has threads of its own.
    System.exit(0);
  }

  /** The library leaves hooks out, which the program does not: they become objects like others. */
  private static void copyWithoutHooks(Path from, Path to) throws IOException {
    try (var files = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, Files.readString(file).replace("helm.sh/hook: ", "hook: "));
      }
    }
  }
}
