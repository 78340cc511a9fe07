package dev.banking.loadtests.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/**
 * The jars of one version.
 *
 * @param folder has each where a build leaves it
 */
record Version(Path folder) {

  private static final String EARLIER = "EARLIER_JARS";

  /** What {@code make upgrade-test} has built of an earlier commit. */
  static Version earlier() {
    var folder = System.getenv().getOrDefault(EARLIER, "");
    assertThat(folder).as("%s, which make upgrade-test sets", EARLIER).isNotBlank();
    return new Version(Path.of(folder));
  }

  /** What is built here. */
  static Version ours() {
    return new Version(Path.of("..").toAbsolutePath().normalize());
  }

  Path api() {
    return jar("api-service");
  }

  Path notificationWorker() {
    return jar("notification-worker");
  }

  Path auditWorker() {
    return jar("audit-worker");
  }

  private Path jar(String module) {
    var jar = folder.resolve(module).resolve("target").resolve(module + ".jar");
    assertThat(jar).as("make build").isRegularFile();
    return jar;
  }
}
