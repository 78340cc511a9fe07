package dev.banking.audit.http;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that the process answers. Whether it can do its work is the readiness probe's word. */
@RestController
class HealthController {

  private final Clock clock;

  HealthController(Clock clock) {
    this.clock = clock;
  }

  @GetMapping("/api/health")
  Health health() {
    return new Health("ok", clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /** The answer. */
  record Health(String status, Instant timestamp) {}
}
