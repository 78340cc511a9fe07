package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code make dependency-check} with bills of materials of our own. */
class DependencyCheckTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private @TempDir Path folder;

  /** What was said, and the exit code. */
  private record Report(String text, int exitCode) {}

  private Report check(String library) throws IOException, InterruptedException {
    var sbom = folder.resolve("application.cdx.json");
    Files.writeString(
        sbom,
        """
        {"bomFormat" : "CycloneDX",
         "components" : [
          {"name" : "a",
           "purl" : "pkg:maven/org.example/harmless@0.1?type=jar"},
          {"name" : "b",
           "purl" : "pkg:maven/%s?type=jar"}]}
        """
            .formatted(library));
    var builder =
        new ProcessBuilder(
            PROJECT.resolve("scripts/dependency-check").toString(),
            PROJECT.resolve("deploy/dependencies/minimum-versions").toString(),
            sbom.toString());
    var process = builder.redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Report(text, process.waitFor());
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.tomcat.embed/tomcat-embed-core@11.0.26",
    "org.apache.tomcat.embed/tomcat-embed-core@11.0.9",
    "org.apache.tomcat.embed/tomcat-embed-el@10.1.99",
    "org.postgresql/postgresql@42.7.7",
    "io.netty/netty-handler@4.2.18.Final",
    "tools.jackson.core/jackson-databind@3.0.9"
  })
  void failsWhenALibraryIsBelowItsMinimum(String library) throws Exception {
    var report = check(library);
    assertThat(report.text())
        .contains(library.replace('/', ':').replace("@", " is ") + ", below", "1 below");
    assertThat(report.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.tomcat.embed/tomcat-embed-core@11.0.27",
    "org.apache.tomcat.embed/tomcat-embed-core@11.0.100",
    "org.apache.tomcat.embed/tomcat-embed-core@12.0.0",
    "io.netty/netty-handler@4.2.19.Final",
    "org.example/postgresql@1.0"
  })
  void letsTheMinimumAndNewerOnesPass(String library) throws Exception {
    var report = check(library);
    assertThat(report.text()).contains("2 libraries").doesNotContain("below");
    assertThat(report.exitCode()).isZero();
  }

  @Test
  void doesNotTakeABillThatSaysNothingForAGoodOne() throws Exception {
    var empty = Files.writeString(folder.resolve("empty.json"), "{}");
    for (var file : new Path[] {empty, folder.resolve("missing.json")}) {
      var process =
          new ProcessBuilder(
                  PROJECT.resolve("scripts/dependency-check").toString(),
                  PROJECT.resolve("deploy/dependencies/minimum-versions").toString(),
                  file.toString())
              .redirectErrorStream(true)
              .start();
      assertThat(process.waitFor()).as(file.toString()).isEqualTo(2);
    }
  }
}
