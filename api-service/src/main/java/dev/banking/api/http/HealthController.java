package dev.banking.api.http;

import java.time.Clock;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that the process answers; what it depends on is on the management port. */
@RestController
class HealthController {

  private final Clock clock;

  HealthController(Clock clock) {
    this.clock = clock;
  }

  @GetMapping("/api/health")
  Health health() {
    return new Health("ok", clock.instant());
  }

  /**
   * The reply.
   *
   * @param status always {@code ok}: otherwise there is no reply
   * @param timestamp now
   */
  record Health(String status, Instant timestamp) {}
}
