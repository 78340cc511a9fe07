package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.seal.CheckpointLine;
import dev.banking.audit.seal.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String OFTEN = "--audit.checkpoint.interval=20ms";

  private final TestDatabase database = new TestDatabase();
  private final Changes changes = new Changes(new SplittableRandom(1));
  @TempDir private Path folder = Path.of("");

  @Test
  void signsTheHeadWhileThereIsNews() throws IOException {
    try (var worker = Worker.start(database, OFTEN)) {
      worker.append(changes.some(700, 1, 2));
      await().atMost(SOON).until(() -> worker.gauge("audit.checkpoint.position") == 700);
      var signed = worker.count("audit.checkpoints");
      worker.append(changes.some(1, 1));
      await().atMost(SOON).until(() -> worker.count("audit.checkpoints") == signed + 1);
      assertThat(worker.gauge("audit.checkpoint.key")).isOne();
      // Nothing new, nothing signed.
      await()
          .during(Duration.ofMillis(300))
          .atMost(SOON)
          .until(() -> worker.count("audit.checkpoints") == signed + 1);
    }
    var key = Worker.signingKey(database);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(new Operator(database).types("verify", "--without-ledger")).isZero();
    assertThat(count("SELECT count(*) FROM audit.tree_block")).isEqualTo(2);
  }

  @Test
  void twoWorkersSignEachHeadOnce() throws IOException {
    var copies = List.of(folder.resolve("one"), folder.resolve("two"));
    try (var one = Worker.start(database, OFTEN, exportTo(copies.getFirst()));
        var two = Worker.start(database, OFTEN, exportTo(copies.getLast()))) {
      for (var round = 0; round < 40; round++) {
        (round % 2 == 0 ? one : two).append(changes.some(10, 1, 2, 3));
      }
      await()
          .atMost(SOON)
          .until(() ->
              one.gauge("audit.checkpoint.position") == 400
                  && two.gauge("audit.checkpoint.position") == 400);
      var all = count("SELECT count(*) FROM audit.checkpoint");
      assertThat(one.count("audit.checkpoints") + two.count("audit.checkpoints"))
          .isEqualTo((double) all);
      for (var file : copies) {
        await().atMost(SOON).until(() -> Files.readAllLines(file).size() == all);
        assertThat(Files.readAllLines(file).stream().map(CheckpointLine::read))
            .extracting(Checkpoint::number)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, all).boxed().toList());
      }
    }
    assertThat(new Operator(database).types("verify", "--without-ledger")).isZero();
  }

  @Test
  void appendsToTheFileWhatACrashKeptFromIt() throws IOException {
    var file = folder.resolve("copies");
    try (var worker = Worker.start(database, OFTEN, exportTo(file))) {
      worker.append(changes.some(5, 1));
      await().atMost(SOON).until(() -> Files.exists(file) && !Files.readAllLines(file).isEmpty());
    }
    var whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() / 2));
    try (var _ = Worker.start(database, OFTEN, exportTo(file))) {
      await().atMost(SOON).until(() -> Files.readString(file).endsWith("\n"));
      assertThat(Files.readString(file)).endsWith(whole);
    }
  }

  @Test
  void makesNoSecondKeyWhenTheFirstIsLost() throws IOException {
    try (var worker = Worker.start(database, OFTEN)) {
      worker.append(changes.some(5, 1));
      await().atMost(SOON).until(() -> worker.gauge("audit.checkpoint.position") == 5);
    }
    Files.delete(Worker.signingKey(database));
    try (var worker = Worker.start(database, OFTEN)) {
      worker.append(changes.some(5, 1));
      await()
          .during(Duration.ofMillis(300))
          .atMost(SOON)
          .until(() -> worker.gauge("audit.checkpoint.key") == 0);
      assertThat(worker.count("audit.checkpoints")).isZero();
    }
    assertThat(Worker.signingKey(database)).doesNotExist();
  }

  @Test
  void goesOnAfterThePersonReplacedTheKeyAndBothAreTrusted() throws IOException {
    var key = Worker.signingKey(database);
    try (var worker = Worker.start(database, OFTEN)) {
      worker.append(changes.some(5, 1));
      await().atMost(SOON).until(() -> worker.gauge("audit.checkpoint.position") == 5);
    }
    var both = folder.resolve("both.pub.pem");
    var old = Files.readString(SigningKey.publicFile(key));
    Files.delete(key);
    Files.delete(SigningKey.publicFile(key));
    SigningKey.make(key);
    try (var worker = Worker.start(database, OFTEN)) {
      worker.append(changes.some(5, 1));
      await().atMost(SOON).until(() -> worker.gauge("audit.checkpoint.position") == 10);
    }
    Files.writeString(both, old + Files.readString(SigningKey.publicFile(key)));
    var operator = new Operator(database);
    assertThat(operator.types("verify", "--without-ledger")).isOne();
    assertThat(operator.sees()).contains("signature_wrong: 1 ");
    assertThat(operator.types("verify", "--without-ledger", "--public-key", both.toString()))
        .isZero();
  }

  private long count(String query) {
    return database.superuser().sql(query).query(Long.class).single();
  }

  private static String exportTo(Path file) {
    return "--audit.checkpoint.export-file=" + file;
  }
}
