package dev.banking.api.security;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which tokens are believed. One of {@code publicKeyFile}, {@code jwkSetUri} and {@code issuerUri}
 * says where the key is; an empty text is not set.
 *
 * @param issuerUri {@code JWT_ISSUER_URI}: who must have issued a token; without the other two the
 *     keys are found from there
 * @param jwkSetUri {@code JWT_JWK_SET_URI}: where the issuer publishes its keys
 * @param publicKeyFile {@code JWT_PUBLIC_KEY_FILE}: PEM, SubjectPublicKeyInfo, RSA or EC
 * @param audience {@code JWT_AUDIENCE}: whom a token must be meant for
 * @param algorithm {@code JWT_ALGORITHM}: the only one that is accepted
 * @param clockSkew how far the issuer's clock may be off
 * @param connectTimeout for the issuer
 * @param readTimeout for the issuer's answer
 * @param rememberFor how long a verified token is not verified again; also the longest that a key
 *     which the issuer has withdrawn is still believed for it
 * @param maxRemembered tokens remembered at most
 */
@Validated
@ConfigurationProperties("banking.jwt")
record JwtProperties(
    @DefaultValue("") String issuerUri,
    @DefaultValue("") String jwkSetUri,
    @DefaultValue("") String publicKeyFile,
    @DefaultValue("banking-api") @NotBlank String audience,
    @DefaultValue("RS256") String algorithm,
    @DefaultValue("30s") @NotNull @DurationMin @DurationMax(minutes = 5) Duration clockSkew,
    @DefaultValue("2s") @NotNull Duration connectTimeout,
    @DefaultValue("3s") @NotNull Duration readTimeout,
    @DefaultValue("1m") @NotNull @DurationMax(hours = 1) Duration rememberFor,
    @DefaultValue("10000") @Positive int maxRemembered) {}
