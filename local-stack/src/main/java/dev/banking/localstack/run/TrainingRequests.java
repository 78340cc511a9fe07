package dev.banking.localstack.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;

/** What clients ask for: changes that are applied, refused and repeated, reads and histories. */
final class TrainingRequests {

  private static final Duration TIME = Duration.ofSeconds(8);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final int CLIENTS = 32;

  private final HttpClient http;
  private final URI api;
  private final String user;

  private TrainingRequests(HttpClient http, URI api, String user) {
    this.http = http;
    this.api = api;
    this.user = user;
  }

  /** Asks for all of it, over and over, of an API whose data is thrown away. */
  static void fire(URI api) throws IOException, InterruptedException {
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var clients = Executors.newFixedThreadPool(CLIENTS)) {
      var created =
          new TrainingRequests(http, api, "").post("/api/users", "{\"initialBalance\":99}");
      var id = created.replaceFirst(".*\"id\":([0-9]+).*", "$1");
      var requests = new TrainingRequests(http, api, "/api/users/" + id);
      var end = System.nanoTime() + TIME.toNanos();
      for (var client = 0; client < CLIENTS; client++) {
        var _ =
            clients.submit(() -> {
              while (System.nanoTime() - end < 0) {
                requests.askForEverything();
              }
              return null;
            });
      }
    }
  }

  private void askForEverything() throws IOException, InterruptedException {
    for (var amount : List.of("0.01", "-0.01", "-1000000", "0", "\"1\"")) {
      change(amount, UUID.randomUUID().toString());
    }
    var key = UUID.randomUUID().toString();
    change("0.01", key);
    change("0.01", key);
    get(user);
    get(user + "/transactions");
    get("/api/health");
  }

  private void change(String amount, String key) throws IOException, InterruptedException {
    var request = to(user + "/balance").header("Idempotency-Key", key);
    send(request.PUT(BodyPublishers.ofString("{\"amount\":" + amount + "}")));
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    return send(to(path).POST(BodyPublishers.ofString(body)));
  }

  private void get(String path) throws IOException, InterruptedException {
    send(to(path).GET());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(ANSWER_LIMIT)
        .header("Content-Type", "application/json");
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString()).body();
  }
}
