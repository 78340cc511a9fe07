package dev.banking.localstack.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * One RSA key pair in {@code .local/dev-keys}, as PEM. {@code make setup} makes it with openssl
 * when that is there; whoever needs it first makes it otherwise.
 */
public final class DevelopmentKeys {

  private static final int BITS = 2048;
  private static final int LINE = 64;

  private final Path folder;

  /** Makes nothing yet. */
  public DevelopmentKeys(Path local) {
    folder = local.resolve("dev-keys").toAbsolutePath();
  }

  /** The file that the API is given; made when it is not there. */
  public Path publicKeyFile() {
    makeUnlessThere();
    return folder.resolve("public.pem");
  }

  PrivateKey privateKey() throws GeneralSecurityException {
    makeUnlessThere();
    try {
      var pem = Files.readString(folder.resolve("private.pem")).replaceAll("-----.*-----|\\s", "");
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the key in " + folder, e);
    }
  }

  private void makeUnlessThere() {
    if (Files.exists(folder.resolve("private.pem")) && Files.exists(folder.resolve("public.pem"))) {
      return;
    }
    try {
      Files.createDirectories(folder);
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      var pair = generator.generateKeyPair();
      write("private.pem", "rw-------", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      // Readable by all: in a container the API is another user.
      write("public.pem", "rw-r--r--", pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a key in " + folder, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }

  private void write(String name, String permissions, String text) throws IOException {
    var file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String pem(String what, byte[] bytes) {
    var text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}
