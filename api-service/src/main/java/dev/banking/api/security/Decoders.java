package dev.banking.api.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.banking.api.settings.SettingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Makes the decoder that the settings ask for: one key or one issuer, one algorithm, one audience,
 * and an end that every token must have.
 */
final class Decoders {

  /** See <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2.1">RFC 9068, 2.1</a>. */
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private Decoders() {}

  /**
   * The decoder. With an issuer it asks for keys when the first token comes, not before: the issuer
   * may be away while the API starts.
   *
   * @throws SettingException when the settings do not name one key and one algorithm
   */
  static JwtDecoder of(JwtProperties properties) {
    var algorithm = algorithm(properties.algorithm());
    var isFile = !properties.publicKeyFile().isEmpty();
    if (isFile && !properties.jwkSetUri().isEmpty()) {
      throw new SettingException("JWT_PUBLIC_KEY_FILE and JWT_JWK_SET_URI exclude each other");
    }
    if (!isFile && properties.jwkSetUri().isEmpty() && properties.issuerUri().isEmpty()) {
      throw new SettingException(
          "AUTH_MODE=jwt needs JWT_PUBLIC_KEY_FILE, JWT_JWK_SET_URI or JWT_ISSUER_URI");
    }
    return isFile
        ? ofFile(properties, algorithm)
        : new SupplierJwtDecoder(() -> ofIssuer(properties, algorithm));
  }

  private static JwtDecoder ofFile(JwtProperties properties, SignatureAlgorithm algorithm) {
    var jws = JWSAlgorithm.parse(algorithm.getName());
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(
        new SingleKeyJWSKeySelector<>(jws, PublicKeyFile.read(properties.publicKeyFile(), jws)));
    // The claims are checked below, in one place for every kind of key.
    processor.setJWTClaimsSetVerifier((_, _) -> {});
    acceptTypes(processor);
    return checked(new NimbusJwtDecoder(processor), properties);
  }

  private static JwtDecoder ofIssuer(JwtProperties properties, SignatureAlgorithm algorithm) {
    var requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(properties.connectTimeout());
    requests.setReadTimeout(properties.readTimeout());
    var builder =
        properties.jwkSetUri().isEmpty()
            ? NimbusJwtDecoder.withIssuerLocation(properties.issuerUri())
            : NimbusJwtDecoder.withJwkSetUri(properties.jwkSetUri());
    return checked(
        builder
            .jwsAlgorithm(algorithm)
            .validateType(false)
            .jwtProcessorCustomizer(Decoders::acceptTypes)
            .restOperations(new RestTemplate(requests))
            .build(),
        properties);
  }

  private static void acceptTypes(ConfigurableJWTProcessor<SecurityContext> processor) {
    // null: the type is optional.
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
  }

  private static JwtDecoder checked(NimbusJwtDecoder decoder, JwtProperties properties) {
    var times = new JwtTimestampValidator(properties.clockSkew());
    times.setAllowEmptyExpiryClaim(false);
    var validators = new ArrayList<OAuth2TokenValidator<Jwt>>(List.of(times));
    validators.add(
        new JwtClaimValidator<Collection<String>>(
            JwtClaimNames.AUD, aud -> aud != null && aud.contains(properties.audience())));
    if (!properties.issuerUri().isEmpty()) {
      validators.add(new JwtIssuerValidator(properties.issuerUri()));
    }
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators));
    return decoder;
  }

  /** Asymmetric ones only: with a public key as the secret of an HMAC anybody could sign. */
  private static SignatureAlgorithm algorithm(String name) {
    var algorithm = SignatureAlgorithm.from(name);
    if (algorithm == null) {
      throw new SettingException(
          "JWT_ALGORITHM must be one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384,"
              + " ES512, not \""
              + name
              + "\"");
    }
    return algorithm;
  }
}
