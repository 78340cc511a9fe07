package dev.banking.loadtests.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kubernetes would say to the objects, as far as its schemas can. */
class KubeconformIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "values-managed.yaml"})
  void allObjectsAreWellFormed(String file) throws Exception {
    var values = Stream.of(file).filter(name -> !name.isEmpty()).map(Chart.FOLDER::resolve);
    var objects = Chart.template(values.toArray(Path[]::new)).output();
    var answer = Kubeconform.check(Files.writeString(folder.resolve("all.yaml"), objects));
    assertThat(answer.exitCode()).withFailMessage(answer.output() + answer.errors()).isZero();
    assertThat(answer.output())
        .contains(
            "Valid: " + Chart.objects(objects).size() + ", Invalid: 0, Errors: 0, Skipped: 0");
  }

  /** In a place of Kubernetes' own, of the Prometheus operator and of KEDA. */
  @ParameterizedTest
  @CsvSource({
    "terminationGracePeriodSeconds:, terminationGraceSeconds:",
    "jobLabel:,                      jobLabels:",
    "maxReplicaCount:,               maxReplicasCount:",
  })
  void aMisspeltNameIsSeen(String name, String misspelt) throws Exception {
    var objects = Chart.template().output();
    assertThat(objects).contains(name);
    var wrong = Files.writeString(folder.resolve("wrong.yaml"), objects.replace(name, misspelt));
    assertThat(Kubeconform.check(wrong).exitCode()).isEqualTo(1);
  }

  @Test
  void anUnknownKindIsSeen() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("other.yaml"),
            "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {}}");
    assertThat(Kubeconform.check(file).exitCode()).isEqualTo(1);
  }
}
