package dev.banking.notification.http;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HealthController {

  private final Clock clock;

  HealthController(Clock clock) {
    this.clock = clock;
  }

  @GetMapping("/api/health")
  Health health() {
    return new Health("ok", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /**
   * That the process lives.
   *
   * @param status always {@code ok}
   * @param timestamp now, UTC
   */
  record Health(String status, String timestamp) {}
}
