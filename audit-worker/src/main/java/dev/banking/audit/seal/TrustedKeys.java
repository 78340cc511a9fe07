package dev.banking.audit.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The public keys whose signatures count. More than one after a key was replaced. */
public final class TrustedKeys {

  static final String LABEL = "PUBLIC KEY";

  private final Map<String, PublicKey> keys = new HashMap<>();

  private TrustedKeys() {}

  /** How a signature stands. */
  public enum Judgement {
    /** One of the keys made it over these values. */
    GOOD,
    /** It names one of the keys, which did not make it over these values. */
    BAD,
    /** It names a key that is none of these. */
    OTHER_KEY
  }

  /**
   * The keys in a PEM file.
   *
   * @throws IOException when it cannot be read, or has no Ed25519 key in it
   */
  public static TrustedKeys read(Path file) throws IOException {
    var trusted = new TrustedKeys();
    try {
      for (var encoded : Pem.read(LABEL, Files.readString(file))) {
        var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        trusted.keys.put(HexFormat.of().formatHex(id(key)), key);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " is no Ed25519 public key in PEM", e);
    }
    if (trusted.keys.isEmpty()) {
      throw new IOException(file + " has no -----BEGIN PUBLIC KEY----- in it");
    }
    return trusted;
  }

  /** No key: every signature is by another one. */
  public static TrustedKeys none() {
    return new TrustedKeys();
  }

  static TrustedKeys of(PublicKey key) {
    var trusted = new TrustedKeys();
    trusted.keys.put(HexFormat.of().formatHex(id(key)), key);
    return trusted;
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  public Judgement judge(Checkpoint checkpoint) {
    return judge(checkpoint.keyId(), checkpoint.signedBytes(), checkpoint.signature());
  }

  public Judgement judge(Cut cut) {
    return judge(cut.keyId(), cut.signedBytes(), cut.signature());
  }

  /** Judges a signature over any bytes. */
  public Judgement judge(byte[] keyId, byte[] signed, byte[] signature) {
    var key = keys.get(HexFormat.of().formatHex(keyId));
    if (key == null) {
      return Judgement.OTHER_KEY;
    }
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature) ? Judgement.GOOD : Judgement.BAD;
    } catch (GeneralSecurityException _) {
      return Judgement.BAD;
    }
  }

  /** SHA-256 of the 32 bytes that are the key itself: the last of its encoding. */
  static byte[] id(PublicKey key) {
    return Tree.sha256().digest(raw(key));
  }

  static byte[] raw(PublicKey key) {
    var encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  /** The ids, in hexadecimal. */
  @Override
  public String toString() {
    return String.join(", ", keys.keySet());
  }
}
