package dev.banking.audit.seal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** The Ed25519 key of checkpoints and exports, in a file: PKCS#8 in PEM, as OpenSSL writes it. */
public final class SigningKey {

  private static final String LABEL = "PRIVATE KEY";
  private static final Set<PosixFilePermission> OWNER_ALONE =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final PrivateKey key;
  private final PublicKey publicKey;

  private SigningKey(PrivateKey key, PublicKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * Reads the key.
   *
   * @throws IOException when the file cannot be read, or is no such key
   */
  public static SigningKey read(Path file) throws IOException {
    try {
      var encoded = Pem.read(LABEL, Files.readString(file));
      if (encoded.size() != 1) {
        throw new IOException(file + " has not one -----BEGIN PRIVATE KEY----- in it");
      }
      var key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(encoded.getFirst()));
      return new SigningKey(key, publicHalf(key));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " is no Ed25519 private key in PKCS#8 PEM", e);
    }
  }

  /**
   * Makes a key that its owner alone may read, unless the file is there. Of several who make it at
   * once, one wins.
   *
   * @return whether it was made
   */
  public static boolean make(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    var half = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createFile(half, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Files.writeString(half, Pem.write(LABEL, pair.getPrivate().getEncoded()));
      Files.createLink(file, half);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** Where the public half of a key is: {@code key.pem} and {@code key.pub.pem}. */
  public static Path publicFile(Path file) {
    var name = file.getFileName().toString();
    var stem = name.endsWith(".pem") ? name.substring(0, name.length() - 4) : name;
    return file.resolveSibling(stem + ".pub.pem");
  }

  /** Whether somebody besides its owner may read the file. */
  public static boolean isOpen(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).stream()
        .anyMatch(right -> !right.name().startsWith("OWNER_"));
  }

  /** The public half, in PEM. */
  public String publicPem() {
    return Pem.write(TrustedKeys.LABEL, publicKey.getEncoded());
  }

  public byte[] id() {
    return TrustedKeys.id(publicKey);
  }

  /** The key's own 32 bytes. */
  public byte[] publicBytes() {
    return TrustedKeys.raw(publicKey);
  }

  /** What judges this key's signatures. */
  public TrustedKeys trusted() {
    return TrustedKeys.of(publicKey);
  }

  /** Signs a head. */
  public Checkpoint sign(long number, long position, byte[] hash, byte[] root, String createdAt) {
    var unsigned = new Checkpoint(number, position, hash, root, createdAt, id(), new byte[] {});
    return unsigned.signed(sign(unsigned.signedBytes()));
  }

  /** Signs any bytes. */
  public byte[] sign(byte[] bytes) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was read signs", e);
    }
  }

  /**
   * The JDK computes a public key only while it makes a pair. So it makes one from the same seed,
   * and the pair's private half shows that it is the same.
   */
  private static PublicKey publicHalf(PrivateKey key) throws GeneralSecurityException {
    if (!(key instanceof EdECPrivateKey secret)) {
      throw new GeneralSecurityException("no Edwards curve key");
    }
    var seed = secret.getBytes().orElseThrow(GeneralSecurityException::new);
    var generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
    var pair = generator.generateKeyPair();
    if (!pair.getPrivate().equals(key)) {
      throw new GeneralSecurityException("the public half cannot be computed");
    }
    return pair.getPublic();
  }

  /** Gives a known seed in place of a random one. */
  private static final class Seed extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
