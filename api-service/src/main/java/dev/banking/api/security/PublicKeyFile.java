package dev.banking.api.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import dev.banking.api.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a public key from a PEM file, and refuses one that does not fit the algorithm. */
final class PublicKeyFile {

  /** See <a href="https://www.rfc-editor.org/rfc/rfc7468#section-13">RFC 7468, 13</a>. */
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  /** RFC 7518, 3.3: smaller ones must not be used. */
  private static final int MIN_RSA_BITS = 2048;

  private static final long MAX_BYTES = 64 * 1024;

  private PublicKeyFile() {}

  /**
   * The key.
   *
   * @throws SettingException when there is none, or not one for this algorithm
   */
  static PublicKey read(String file, JWSAlgorithm algorithm) {
    var pem = PEM.matcher(text(file));
    if (!pem.find()) {
      throw new SettingException(
          "JWT_PUBLIC_KEY_FILE " + file + " has no PEM block BEGIN PUBLIC KEY");
    }
    var isRsa = JWSAlgorithm.Family.RSA.contains(algorithm);
    try {
      var bytes = Base64.getMimeDecoder().decode(pem.group(1));
      var key =
          KeyFactory.getInstance(isRsa ? "RSA" : "EC")
              .generatePublic(new X509EncodedKeySpec(bytes));
      if (fits(key, algorithm)) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unfit(file, algorithm, e);
    }
    throw unfit(file, algorithm, null);
  }

  private static String text(String file) {
    try {
      var path = Path.of(file);
      if (Files.size(path) <= MAX_BYTES) {
        return Files.readString(path);
      }
      throw new SettingException("JWT_PUBLIC_KEY_FILE " + file + " is too long for a key");
    } catch (IOException | InvalidPathException e) {
      throw new SettingException("JWT_PUBLIC_KEY_FILE cannot be read: " + e);
    }
  }

  private static boolean fits(PublicKey key, JWSAlgorithm algorithm) {
    return switch (key) {
      case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= MIN_RSA_BITS;
      case ECPublicKey ec ->
          Curve.forJWSAlgorithm(algorithm).contains(Curve.forECParameterSpec(ec.getParams()));
      default -> false;
    };
  }

  private static SettingException unfit(
      String file, JWSAlgorithm algorithm, @Nullable Exception cause) {
    var exception =
        new SettingException(
            "JWT_PUBLIC_KEY_FILE %s has no key for JWT_ALGORITHM %s; RSA needs %d bits or more"
                .formatted(file, algorithm, MIN_RSA_BITS));
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }
}
