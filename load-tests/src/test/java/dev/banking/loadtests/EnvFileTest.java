package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {

  @TempDir Path folder;

  @Test
  void readsNamesAndValuesAsComposeDoes() throws IOException {
    var file =
        Files.writeString(
            folder.resolve(".env"),
            """
            # comment=no
            #OFF=no
            PORT=3000

            URL=amqp://user:password@host?a=b
            QUOTED="two words"
            PORT=3100
            EMPTY=
            """);

    assertThat(EnvFile.read(file))
        .containsEntry("PORT", "3100")
        .containsEntry("URL", "amqp://user:password@host?a=b")
        .containsEntry("QUOTED", "two words")
        .containsEntry("EMPTY", "")
        .hasSize(4);
  }

  @Test
  void aMissingFileIsEmpty() throws IOException {
    assertThat(EnvFile.read(folder.resolve("none"))).isEmpty();
  }
}
