package dev.banking.audit.security;

import dev.banking.audit.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/** Judges tokens: signature by the one algorithm, time, issuer, audience. */
@Component
@ConditionalOnProperty(name = "audit.security.auth-mode", havingValue = "jwt")
class Tokens {

  private static final String SCOPE = "audit:read";

  private final NimbusJwtDecoder decoder;

  /**
   * Reads the key.
   *
   * @throws SettingException when the settings name none
   */
  Tokens(SecurityProperties properties) {
    this.decoder = decoder(properties);
    decoder.setJwtValidator(validator(properties));
  }

  /**
   * The token, if it is one that counts.
   *
   * @throws JwtException when it is not
   */
  Jwt read(String token) {
    return decoder.decode(token);
  }

  /** Whether its owner may read the book. */
  static boolean mayRead(Jwt token) {
    var scope = token.getClaims().get("scope");
    return switch (scope) {
      case String words -> List.of(words.split(" ", -1)).contains(SCOPE);
      case List<?> words -> words.contains(SCOPE);
      case null, default -> false;
    };
  }

  private static NimbusJwtDecoder decoder(SecurityProperties properties) {
    var algorithm = SignatureAlgorithm.from(properties.algorithm());
    if (algorithm == null) {
      throw new SettingException("JWT_ALGORITHM is no known one: " + properties.algorithm());
    }
    if (!properties.publicKeyFile().isEmpty()) {
      return NimbusJwtDecoder.withPublicKey(key(Path.of(properties.publicKeyFile())))
          .signatureAlgorithm(algorithm)
          .build();
    }
    if (!properties.jwkSetUri().isEmpty()) {
      return NimbusJwtDecoder.withJwkSetUri(properties.jwkSetUri()).jwsAlgorithm(algorithm).build();
    }
    if (!properties.issuerUri().isEmpty()) {
      return NimbusJwtDecoder.withIssuerLocation(properties.issuerUri())
          .jwsAlgorithm(algorithm)
          .build();
    }
    throw new SettingException(
        "AUTH_MODE=jwt needs JWT_PUBLIC_KEY_FILE, JWT_JWK_SET_URI or JWT_ISSUER_URI");
  }

  private static OAuth2TokenValidator<Jwt> validator(SecurityProperties properties) {
    var audience =
        new JwtClaimValidator<List<String>>(
            "aud", names -> names != null && names.contains(properties.audience()));
    var hasEnd = new JwtClaimValidator<Object>("exp", end -> end != null);
    var validators =
        new ArrayList<OAuth2TokenValidator<Jwt>>(
            List.of(new JwtTimestampValidator(), hasEnd, audience));
    if (!properties.issuerUri().isEmpty()) {
      validators.add(new JwtIssuerValidator(properties.issuerUri()));
    }
    return new DelegatingOAuth2TokenValidator<>(validators);
  }

  private static RSAPublicKey key(Path file) {
    try {
      var text = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
      var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(text));
      return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new SettingException("JWT_PUBLIC_KEY_FILE is no RSA public key in PEM: " + e);
    }
  }
}
