package dev.banking.loadtests;

import dev.banking.localstack.Ports;
import dev.banking.localstack.balancer.Instance;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The real instances of the API behind the real balancer, as {@code make run SCALE=…} has them. */
final class Instances {

  private final WholeSystem system;
  private final int number;

  Instances(WholeSystem system, int number) {
    this.system = system;
    this.number = number;
  }

  /** What makes a system have so many, on free ports. */
  static Map<String, String> settings(int number) {
    return Map.of(
        "SCALE", Integer.toString(number),
        "INSTANCE_PORT", freeInARow(number),
        "INSTANCE_MANAGEMENT_PORT", freeInARow(number));
  }

  private static String freeInARow(int number) {
    while (true) {
      var first = Ports.free();
      if (IntStream.range(first, first + number).allMatch(Ports::isFree)) {
        IntStream.range(first, first + number).forEach(Ports::reserve);
        return Integer.toString(first);
      }
    }
  }

  /** Where they are, for another balancer. */
  List<Instance> all() throws IOException {
    var addresses = system.addresses();
    return IntStream.rangeClosed(1, number)
        .mapToObj(instance ->
            new Instance(
                instance,
                URI.create(addresses.getOrDefault("BASE_URL_" + instance, "")).getPort(),
                URI.create(addresses.getOrDefault("MANAGEMENT_URL_" + instance, "")).getPort()))
        .toList();
  }

  /** One of their processes, by the order in which they were started. */
  ProcessHandle process(int instance) {
    return system
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("api-service"))
        .sorted()
        .skip(instance - 1L)
        .findFirst()
        .orElseThrow();
  }

  boolean isReady(int instance) throws IOException, InterruptedException {
    try {
      return get(instance, "/actuator/health/readiness").contains("\"UP\"");
    } catch (ConnectException _) {
      return false;
    }
  }

  /** How often two of them met at one account, since each was started. */
  double conflicts() throws IOException, InterruptedException {
    var sum = 0.0;
    for (var instance = 1; instance <= number; instance++) {
      sum +=
          get(instance, "/actuator/prometheus")
              .lines()
              .filter(line -> line.startsWith("banking_booking_conflicts_total"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .sum();
    }
    return sum;
  }

  private String get(int instance, String path) throws IOException, InterruptedException {
    var management = system.addresses().get("MANAGEMENT_URL_" + instance);
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(management + path)).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }
}
