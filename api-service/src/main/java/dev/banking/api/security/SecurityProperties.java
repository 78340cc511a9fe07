package dev.banking.api.security;

import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is let in.
 *
 * @param authMode how clients prove who they are
 * @param allowAnonymous listens beyond loopback although nobody proves anything; for a container
 *     whose port is published on loopback alone
 * @param allowedHosts names in {@code Host} that are let in besides the local ones
 */
@Validated
@ConfigurationProperties("banking.security")
record SecurityProperties(
    @DefaultValue("none") @NotNull AuthMode authMode,
    boolean allowAnonymous,
    @DefaultValue Set<String> allowedHosts) {

  /** How clients prove who they are. */
  enum AuthMode {
    /** Not at all: every actor is {@code anonymous}. */
    NONE
  }
}
