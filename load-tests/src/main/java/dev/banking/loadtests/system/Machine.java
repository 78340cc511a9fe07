package dev.banking.loadtests.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** What was measured on, and with which versions. */
public final class Machine {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MEBI_IN_KIBI = 1024;

  private Machine() {}

  /** For example {@code 2cpu-24gb}: results of the same class may be looked at side by side. */
  public static String hostClass() throws IOException {
    var gigabytes = Math.round(memoryMebibytes() / MEBI_IN_KIBI);
    return Runtime.getRuntime().availableProcessors() + "cpu-" + gigabytes + "gb";
  }

  /** The load averages of 1, 5 and 15 minutes, as the system has them now. */
  public static String loadAverage() throws IOException {
    var words = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
    return words[0] + ", " + words[1] + ", " + words[2];
  }

  /** The hardware and the operating system. */
  public static Map<String, String> description() throws IOException {
    var description = new LinkedHashMap<String, String>();
    description.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    description.put("model", firstLine("/proc/cpuinfo", "model name"));
    description.put("memory", String.format(Locale.ROOT, "%,.0f MiB", memoryMebibytes()));
    description.put("kernel", Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    return description;
  }

  /** The programs of a running system. */
  public static Map<String, String> versions(LocalSystem system, Database database, Path project)
      throws IOException, InterruptedException {
    var versions = new LinkedHashMap<String, String>();
    versions.put("JDK", System.getProperty("java.vendor.version") + " " + Runtime.version());
    versions.put("PostgreSQL", database.text("SHOW server_version"));
    versions.put("PostgreSQL is durable", durability(database));
    var redis = Running.redis(system).root().info().command().orElse("redis-server");
    versions.put("Redis", output(redis, "--version").replaceAll(".* v=([0-9.]+) .*", "$1"));
    versions.put("RabbitMQ", rabbitMqVersion(system.addresses()));
    versions.put("git", output("git", "-C", project.toString(), "describe", "--always", "--dirty"));
    return versions;
  }

  private static String durability(Database database) {
    return "fsync %s, synchronous_commit %s, full_page_writes %s"
        .formatted(
            database.text("SHOW fsync"),
            database.text("SHOW synchronous_commit"),
            database.text("SHOW full_page_writes"));
  }

  private static String rabbitMqVersion(Map<String, String> addresses)
      throws IOException, InterruptedException {
    var account = URI.create(addresses.getOrDefault("RABBITMQ_URL", "")).getUserInfo();
    var secret = Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
    var overview = addresses.get("RABBITMQ_MANAGEMENT_URL") + "/api/overview";
    var request =
        HttpRequest.newBuilder(URI.create(overview))
            .timeout(TIMEOUT)
            .header("Authorization", "Basic " + secret)
            .build();
    try (var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return JsonMapper.shared().readTree(answer.body()).path("rabbitmq_version").asString("?");
    }
  }

  private static String output(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      return "?";
    }
    return output.strip();
  }

  private static double memoryMebibytes() throws IOException {
    var total = firstLine("/proc/meminfo", "MemTotal");
    return Double.parseDouble(total.replaceAll("[^0-9]", "")) / MEBI_IN_KIBI;
  }

  private static String firstLine(String file, String name) throws IOException {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("?");
    }
  }
}
