package dev.banking.api.warmup;

import dev.banking.api.account.RehearseBooking;
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
  private static final String NOBODY = "/api/users/" + Long.MAX_VALUE;

  private static final List<byte[]> REQUESTS =
      List.of(
          LoopbackClient.request("PUT", NOBODY + "/balance", "{\"amount\":-0.01}"),
          LoopbackClient.request("PUT", NOBODY + "/balance", "{\"amount\":\"1.5\"}"),
          LoopbackClient.request("PUT", NOBODY + "/balance", "{\"amount\":0}"),
          LoopbackClient.request("GET", NOBODY, ""));

  private final RehearseBooking booking;
  private final WebServerApplicationContext context;
  private final WarmUpProperties properties;

  WarmUp(
      RehearseBooking booking, WebServerApplicationContext context, WarmUpProperties properties) {
    this.booking = booking;
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
        threads.execute(() -> send(server.getPort(), deadline));
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

  private static void send(int port, long deadlineNanos) {
    try (var client = new LoopbackClient(InetAddress.getLoopbackAddress(), port)) {
      while (System.nanoTime() - deadlineNanos < 0) {
        for (var request : REQUESTS) {
          client.exchange(request);
        }
      }
    } catch (IOException e) {
      log.debug("The rehearsal of requests ended early", e);
    }
  }
}
