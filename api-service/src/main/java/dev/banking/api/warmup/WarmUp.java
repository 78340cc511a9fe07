package dev.banking.api.warmup;

import dev.banking.api.account.RehearseBooking;
import dev.banking.api.security.RehearsalPass;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Rehearses until the time is up: requests over loopback, for a user who does not exist, and
 * bookings that are rolled back. The process is ready when it has ended.
 */
@Component
class WarmUp implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  /** Nobody: ids are handed out from 2 on. */
  private static final long NOBODY = Long.MAX_VALUE;

  private static final String USER = "/api/users/" + NOBODY;
  private static final int ROUNDS_PER_CONNECTION = 8;

  private final RehearseBooking booking;
  private final RehearsalPass pass;
  private final WebServerApplicationContext context;
  private final WarmUpProperties properties;

  WarmUp(
      RehearseBooking booking,
      RehearsalPass pass,
      WebServerApplicationContext context,
      WarmUpProperties properties) {
    this.booking = booking;
    this.pass = pass;
    this.context = context;
    this.properties = properties;
  }

  @Override
  public void run(ApplicationArguments args) {
    var server = context.getWebServer();
    if (server == null || !properties.duration().isPositive()) {
      return;
    }
    var deadline = System.nanoTime() + properties.duration().toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> book(deadline));
      for (var i = 0; i < properties.clients(); i++) {
        var actor = "warm-up-" + i;
        threads.execute(() -> send(server.getPort(), actor, deadline));
      }
    }
  }

  private void book(long deadlineNanos) {
    try {
      while (System.nanoTime() - deadlineNanos < 0) {
        booking.rehearse();
      }
    } catch (RuntimeException e) {
      log.debug("The rehearsal of bookings ended early", e);
    }
  }

  /** Each client is somebody else, or all would soon be over the limit of one. */
  private void send(int port, String actor, long deadlineNanos) {
    var token = pass.issue(actor, NOBODY, properties.duration());
    var requests = requests(token);
    try (var client = new LoopbackClient(InetAddress.getLoopbackAddress(), port)) {
      for (var round = 0; System.nanoTime() - deadlineNanos < 0; round++) {
        for (var request : requests) {
          client.exchange(request);
        }
        if (round % ROUNDS_PER_CONNECTION == 0) {
          client.exchange(invalid(token));
        }
      }
    } catch (IOException e) {
      log.debug("The rehearsal of requests ended early", e);
    } finally {
      pass.withdraw(token);
    }
  }

  private static List<byte[]> requests(String token) {
    return List.of(
        LoopbackClient.request(token, "PUT", USER + "/balance", "{\"amount\":-0.01}"),
        LoopbackClient.request(token, "PUT", USER + "/balance", "{\"amount\":\"1.5\"}"),
        LoopbackClient.request(token, "GET", USER, ""));
  }

  /** Tomcat ends the connection after it. */
  private static byte[] invalid(String token) {
    return LoopbackClient.request(token, "PUT", USER + "/balance", "{\"amount\":0}");
  }
}
