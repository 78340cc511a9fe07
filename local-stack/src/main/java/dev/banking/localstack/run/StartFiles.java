package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an application starts from: its jar, or, once that was trained, the same taken apart beside
 * a cache of what the Java virtual machine has learnt of it (JEP 483, 514, 515). A cache fits one
 * build, one Java and one set of options, and no other.
 *
 * @param jar as the build leaves it
 */
record StartFiles(Path jar) {

  /** Taken apart, the classes lie where the virtual machine can find them by itself. */
  Path extracted() {
    return folder().resolve(jar.getFileName());
  }

  /** Of classes, their links and their profiles. */
  Path cache() {
    return folder().resolve("start.aot");
  }

  /** Beside the jar: they go when it goes. */
  Path folder() {
    return jar.resolveSibling("start");
  }

  /** Whether the cache was made from this jar, by this Java, with these options. */
  boolean isTrained(List<String> options) {
    try {
      return Files.exists(cache())
          && Files.exists(trainedFor())
          && Files.readString(trainedFor()).equals(fingerprint(options));
    } catch (IOException e) {
      throw new BackendException("Cannot read " + folder() + ": " + e.getMessage(), e);
    }
  }

  /** To be called when the cache is complete. */
  void trained(List<String> options) throws IOException {
    Files.writeString(trainedFor(), fingerprint(options));
  }

  /** The words after {@code java}. */
  List<String> commandLine(List<String> options) {
    if (!isTrained(options)) {
      return and(options, "-jar", jar.toString());
    }
    return and(options, "-XX:AOTCache=" + cache(), "-jar", extracted().toString());
  }

  /** For a training run, which writes the cache when it ends. */
  List<String> trainingLine(List<String> options) {
    return and(options, "-XX:AOTCacheOutput=" + cache(), "-jar", extracted().toString());
  }

  private static List<String> and(List<String> options, String... more) {
    return Stream.concat(options.stream(), Stream.of(more)).toList();
  }

  private Path trainedFor() {
    return folder().resolve("trained-for");
  }

  private String fingerprint(List<String> options) throws IOException {
    return String.join(
        "\n",
        Files.getLastModifiedTime(jar).toString(),
        Long.toString(Files.size(jar)),
        System.getProperty("java.home"),
        Runtime.version().toString(),
        String.join(" ", options));
  }
}
