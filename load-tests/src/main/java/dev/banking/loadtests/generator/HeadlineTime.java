package dev.banking.loadtests.generator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long 10,000 withdrawals by 1,000 clients take: with k6 where it is installed, as {@code make
 * load-test} fires them, else with connections of our own.
 */
public final class HeadlineTime {

  private static final int REQUESTS = 10_000;
  private static final int CLIENTS = 1_000;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Optional<Path> k6;
  private final Path script;

  /** With the folder of {@code headline.js}. */
  public HeadlineTime(Path scripts) {
    this.k6 = Program.find("k6");
    this.script = scripts.resolve("headline.js");
  }

  /** What fires it. */
  public String generator() {
    return k6.isPresent() ? "k6" : "our own connections, because k6 is not installed";
  }

  /** Seconds from the first request to the last answer. */
  public double seconds(URI base, long userId) throws IOException, InterruptedException {
    return k6.isPresent() ? secondsOfK6(k6.get(), base, userId) : secondsOfOurs(base, userId);
  }

  private double secondsOfK6(Path program, URI base, long userId)
      throws IOException, InterruptedException {
    var figures = Files.createTempFile("banking-headline-", ".json");
    try {
      var command =
          List.of(program.toString(), "run", "--quiet", "--no-usage-report", script.toString());
      var environment =
          Map.of(
              "BASE_URL", base.toString(),
              "USER_ID", Long.toString(userId),
              "RESULT_FILE", figures.toString());
      var _ = Program.run(command, environment, LIMIT);
      return JsonMapper.shared().readTree(figures.toFile()).path("seconds").asDouble();
    } finally {
      Files.deleteIfExists(figures);
    }
  }

  private static double secondsOfOurs(URI base, long userId) throws IOException {
    var request = Requests.change(base, userId, "-2");
    try (var clients = new OpenLoop(base, CLIENTS)) {
      var atOnce = 1e3 * REQUESTS;
      return clients.fire(atOnce, Duration.ofMillis(1), _ -> request).seconds();
    }
  }
}
