package dev.banking.api.security;

import dev.banking.api.settings.SettingException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is let in.
 *
 * @param authMode {@code AUTH_MODE}: how clients prove who they are; {@code none} or {@code jwt}
 * @param allowAnonymous listens beyond loopback although nobody proves anything; for a container
 *     whose port is published on loopback alone
 * @param allowedHosts names in {@code Host} that are let in besides the local ones
 */
@ConfigurationProperties("banking.security")
record SecurityProperties(
    @DefaultValue("none") String authMode,
    boolean allowAnonymous,
    @DefaultValue Set<String> allowedHosts) {

  /** Host names know no case. */
  SecurityProperties {
    allowedHosts =
        allowedHosts.stream()
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * How clients prove who they are.
   *
   * @throws SettingException when that is not known: nothing is guessed here
   */
  AuthMode mode() {
    return switch (authMode) {
      case "none" -> AuthMode.NONE;
      case "jwt" -> AuthMode.JWT;
      default ->
          throw new SettingException("AUTH_MODE must be none or jwt, not \"" + authMode + "\"");
    };
  }

  /** How clients prove who they are. */
  enum AuthMode {
    /** Not at all: every actor is {@code anonymous}. */
    NONE,
    /** By a signed token: the actor is its subject. */
    JWT
  }
}
