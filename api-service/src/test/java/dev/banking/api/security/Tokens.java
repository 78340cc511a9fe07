package dev.banking.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.function.Consumer;

/** An issuer of tokens, good ones and others. */
public final class Tokens {

  public static final String ISSUER = "https://issuer.example";
  public static final String AUDIENCE = "banking-api";

  private final KeyPair key;

  private Tokens(KeyPair key) {
    this.key = key;
  }

  /** With an RSA key of its own. */
  public static Tokens rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new Tokens(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With a key on a curve. */
  static Tokens ec(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return new Tokens(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  KeyPair key() {
    return key;
  }

  String publicPem() {
    return pem("PUBLIC KEY", key.getPublic().getEncoded());
  }

  String privatePem() {
    return pem("PRIVATE KEY", key.getPrivate().getEncoded());
  }

  private static String pem(String what, byte[] bytes) {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  /** The public key as a file, for {@code JWT_PUBLIC_KEY_FILE}. */
  public Path publicKeyFile() {
    try {
      var file = Files.createTempFile("banking-public-key", ".pem");
      file.toFile().deleteOnExit();
      return Files.writeString(file, publicPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Claims that are right, for the tests to spoil. */
  static JWTClaimsSet.Builder claims() {
    var now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("tester")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(600)));
  }

  /** A good token. */
  public String of(String subject, long userId, String scope) {
    return sign(claims -> claims.subject(subject).claim("user_id", userId).claim("scope", scope));
  }

  String sign(Consumer<JWTClaimsSet.Builder> spoil) {
    return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).build(), spoil);
  }

  String sign(JWSHeader header, Consumer<JWTClaimsSet.Builder> spoil) {
    try {
      JWSSigner signer =
          key.getPrivate() instanceof ECPrivateKey ec
              ? new ECDSASigner(ec)
              : new RSASSASigner(key.getPrivate());
      return signed(header, signer, spoil);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As an attacker would who takes the public key, which everybody has, for a shared secret. */
  String signWithThePublicKey(byte[] secret, Consumer<JWTClaimsSet.Builder> spoil) {
    try {
      return signed(new JWSHeader(JWSAlgorithm.HS256), new MACSigner(secret), spoil);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] publicPemBytes() {
    return publicPem().getBytes(StandardCharsets.UTF_8);
  }

  static String unsigned(Consumer<JWTClaimsSet.Builder> spoil) {
    var claims = claims();
    spoil.accept(claims);
    return new PlainJWT(claims.build()).serialize();
  }

  private static String signed(
      JWSHeader header, JWSSigner signer, Consumer<JWTClaimsSet.Builder> spoil)
      throws JOSEException {
    var claims = claims();
    spoil.accept(claims);
    var token = new SignedJWT(header, claims.build());
    token.sign(signer);
    return token.serialize();
  }
}
