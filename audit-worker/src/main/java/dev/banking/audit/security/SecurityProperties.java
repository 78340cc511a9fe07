package dev.banking.audit.security;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is let in.
 *
 * @param authMode how readers prove who they are
 * @param allowAnonymous listens beyond loopback although nobody proves anything; for a container
 *     whose port is published on loopback alone
 * @param allowedHosts names in {@code Host} that are let in besides the local ones
 * @param issuerUri who must have made a token; empty: not asked
 * @param publicKeyFile the key of its signature, in PEM; empty: another source
 * @param jwkSetUri where its keys are; empty: another source
 * @param audience for whom it must be
 * @param algorithm of its signature, and no other
 */
@Validated
@ConfigurationProperties("audit.security")
public record SecurityProperties(
    @DefaultValue("none") @NotNull AuthMode authMode,
    boolean allowAnonymous,
    @DefaultValue Set<String> allowedHosts,
    @DefaultValue("") String issuerUri,
    @DefaultValue("") String publicKeyFile,
    @DefaultValue("") String jwkSetUri,
    @DefaultValue("banking-api") @NotBlank String audience,
    @DefaultValue("RS256") @NotBlank String algorithm) {

  /** How readers prove who they are. */
  public enum AuthMode {
    /** Not at all: every actor is {@code anonymous}. */
    NONE,
    /** By a token. */
    JWT
  }
}
