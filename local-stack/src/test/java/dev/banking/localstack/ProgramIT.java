package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("dev.banking.localstack.SharedBackends#areNative")
class ProgramIT {

  @Test
  void startsAgainWhenTheLockFileNamesSomebodyElse(@TempDir Path folder) throws IOException {
    var postgres = postgres(folder);
    postgres.start();
    postgres.kill();
    var lock = folder.resolve("data/postmaster.pid");
    var lines = Files.readAllLines(lock);
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(lock, lines);
    postgres.start();
    assertThat(postgres.answers()).isTrue();
    postgres.close();
  }

  @Test
  void aTakenPortIsNamedWithItsOwner(@TempDir Path other) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(Ports.LOOPBACK, 0));
      var redis = redis(other, socket.getLocalPort());
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(redis::start)
          .withMessageContaining("Port " + socket.getLocalPort() + " is taken by process ")
          .withMessageContaining(ProcessHandle.current().pid() + " (");
      assertThat(redis.isRunning()).isFalse();
    }
  }

  @Test
  void aServerThatCannotStartSaysWhatItSaid(@TempDir Path other) throws IOException {
    var postgres = postgres(other);
    var data = Files.createDirectories(other.resolve("data"));
    Files.writeString(data.resolve("PG_VERSION"), "18\n");
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(postgres::start)
        .withMessageStartingWith("postgres ended while it was starting. It said last:")
        .withMessageContaining("postgresql.conf");
    Files.writeString(data.resolve("PG_VERSION"), "15\n");
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(postgres::start)
        .withMessageContaining("holds data of PostgreSQL 15, this is 18");
  }

  private static Postgres postgres(Path folder) throws IOException {
    var port = Ports.free();
    return new Postgres(folder, port, new PostgresProgram(folder, port, (_, _) -> {}));
  }

  private static Redis redis(Path folder, int port) {
    return new Redis(port, new RedisProgram(folder, port, (_, _) -> {}));
  }
}
