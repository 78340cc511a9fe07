package dev.banking.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Redis 7 from Maven Central. */
final class RedisProgram extends Program {

  private static final Duration GRACE = Duration.ofSeconds(5);

  RedisProgram(Path folder, int port, LogSink log) {
    super(Redis.NAME, folder, port, log);
  }

  @Override
  Command command() {
    var arguments = new ArrayList<>(List.of(Binaries.redis().toString()));
    arguments.addAll(List.of("--port", Integer.toString(port()), "--bind", "127.0.0.1"));
    arguments.addAll(Redis.SETTINGS);
    return new Command(name(), arguments, Map.of(), folder(), "TERM", GRACE);
  }
}
