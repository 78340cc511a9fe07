package dev.banking.api.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/**
 * Lets the rehearsal before readiness pass the guard, which nobody could sign a token for: the API
 * has no private key. A pass is a secret of this process, for one user, until it is withdrawn.
 */
public final class RehearsalPass {

  private static final int BYTES = 32;

  private final Callers callers;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  RehearsalPass(Callers callers, Clock clock) {
    this.callers = callers;
    this.clock = clock;
  }

  /**
   * What to send as a bearer token; where nobody has to prove anything it does no harm.
   *
   * @param actor who asks, for the limits of callers
   * @param userId the only user that it may touch
   * @param lifetime it is good for nothing afterwards, even if it is never withdrawn
   */
  public String issue(String actor, long userId, Duration lifetime) {
    var secret = new byte[BYTES];
    random.nextBytes(secret);
    var pass = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    var scopes = Set.of("balance:read", "balance:write");
    callers.admit(pass, new Caller(actor, scopes, userId, clock.instant().plus(lifetime)));
    return pass;
  }

  /** Makes the pass a bad token. */
  public void withdraw(String pass) {
    callers.forget(pass);
  }
}
