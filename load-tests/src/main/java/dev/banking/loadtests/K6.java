package dev.banking.loadtests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * k6, as this machine has it: the program, or its image through Docker.
 *
 * @param name for people
 * @param command up to the word {@code run}
 * @param script as that k6 sees it
 * @param results a folder of this machine, for the figures
 * @param resultsSeen the same folder as that k6 sees it
 */
record K6(String name, List<String> command, String script, Path results, String resultsSeen) {

  private static final String IMAGE = "grafana/k6";
  private static final int THRESHOLDS_CROSSED = 99;
  private static final int DOCKER_ANSWER_SECONDS = 20;

  /**
   * The first that is there.
   *
   * @throws LoadTestException when there is none: how to get it
   */
  static K6 find(Path project) throws IOException, InterruptedException {
    var scripts = project.resolve("load-tests");
    var results = Files.createDirectories(scripts.resolve("target/results"));
    var program = onPath("k6");
    if (program.isPresent()) {
      return ofProgram(program.get(), scripts, results);
    }
    if (onPath("docker").isPresent() && dockerAnswers()) {
      return ofImage(scripts, results);
    }
    throw new LoadTestException(
        """
        k6 is not installed, and no Docker answers that could run its image. Get k6 with one of
          brew install k6
          apt-get install k6                    (see https://grafana.com/docs/k6/latest/set-up/install-k6/)
          go install go.k6.io/k6@latest\
        """);
  }

  static K6 ofProgram(Path program, Path scripts, Path results) {
    return new K6(
        "k6 (" + program + ")",
        List.of(program.toString()),
        scripts.resolve("headline.js").toString(),
        results,
        results.toString());
  }

  private static K6 ofImage(Path scripts, Path results) throws IOException {
    var owner =
        Files.getAttribute(results, "unix:uid") + ":" + Files.getAttribute(results, "unix:gid");
    var command = new ArrayList<>(List.of("docker", "run", "--rm", "--network", "host"));
    command.addAll(List.of("--user", owner, "--volume", scripts + ":/scripts:ro"));
    command.addAll(List.of("--volume", results + ":/results"));
    for (var name : List.of("BASE_URL", "USER_ID", "RUN_ID", "RESULT_FILE", Login.TOKEN)) {
      command.addAll(List.of("--env", name));
    }
    command.add(IMAGE);
    return new K6("the image " + IMAGE, command, "/scripts/headline.js", results, "/results");
  }

  /** Where a program is, if it is on the PATH. */
  static Optional<Path> onPath(String program) {
    var path = System.getenv().getOrDefault("PATH", "");
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(path)
        .map(folder -> Path.of(folder, program))
        .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
        .findFirst();
  }

  private static boolean dockerAnswers() throws IOException, InterruptedException {
    var docker =
        new ProcessBuilder("docker", "version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!docker.waitFor(DOCKER_ANSWER_SECONDS, TimeUnit.SECONDS)) {
      docker.destroyForcibly();
      return false;
    }
    return docker.exitValue() == 0;
  }

  /**
   * Fires the headline; its output goes to ours.
   *
   * @throws LoadTestException when k6 could not do it. Answers other than expected are no error
   *     here: they are what the checks look at.
   */
  Answers fire(RunningSystem system, Headline headline) throws IOException, InterruptedException {
    var line = new ArrayList<>(command);
    line.addAll(List.of("run", "--no-usage-report"));
    if (!isWatched()) {
      line.add("--quiet");
    }
    line.add(script);
    var file = headline.runId() + ".json";
    var builder = new ProcessBuilder(line).inheritIO();
    builder
        .environment()
        .putAll(
            Map.of(
                "BASE_URL",
                system.api().toString(),
                Login.TOKEN,
                system.token(),
                "USER_ID",
                Long.toString(headline.userId()),
                "RUN_ID",
                headline.runId(),
                "RESULT_FILE",
                resultsSeen + "/" + file));
    var exitCode = builder.start().waitFor();
    if (exitCode != 0 && exitCode != THRESHOLDS_CROSSED) {
      throw new LoadTestException("k6 ended with exit code " + exitCode + "; see above");
    }
    return read(results.resolve(file), headline);
  }

  /** Without a person at a terminal, k6 prints a new line each second instead of one that moves. */
  // From 25 on it may be null again: https://bugs.openjdk.org/browse/JDK-8351435
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isWatched() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  private static Answers read(Path file, Headline headline) {
    var figures = JsonMapper.shared().readTree(file.toFile());
    return new Answers(
        headline,
        figures.path("sequenceBefore").longValue(),
        figures.path("applied").intValue(),
        figures.path("refused").intValue(),
        figures.path("other").intValue());
  }
}
