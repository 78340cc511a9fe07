package dev.banking.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.audit.seal.TrustedKeys.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key is that of RFC 8032, section 7.1, test 1; the signature was made by OpenSSL. */
class CheckpointTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final String KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      """;
  private static final byte[] HASH =
      HEX.parseHex("3daaa7eb4c5311f6b132af8fa8e6e68c48f7b7beaf3104f9fddc9d775ca3750a");

  @TempDir private Path folder = Path.of("");

  @Test
  void signsTheGoldenBytesAsOpenSslDoes() throws IOException {
    var key = key();
    assertThat(HEX.formatHex(key.publicBytes()))
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    var checkpoint = signed(key);
    assertThat(checkpoint.signedBytes()).hasSize(186);
    assertThat(checkpoint.line())
        .isEqualTo(
            "{\"type\":\"checkpoint\",\"format\":1,\"number\":1,\"position\":1,\"hash\":\""
                + "3daaa7eb4c5311f6b132af8fa8e6e68c48f7b7beaf3104f9fddc9d775ca3750a\",\"root\":\""
                + "edf95c918732adc583eb0538a2db29f9cd2d54da5db1528d19124727b874df75\","
                + "\"createdAt\":\"2026-11-01T12:00:03.000000Z\",\"keyId\":\""
                + "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9\","
                + "\"signature\":\"5c91689c344030fdc2b8e806190fac579bd0ce6799b378f0ab5b73458851"
                + "2475783712c761d18fc6a69afbc12703f74d50e0d759a2967ab0db90a3e51cdce001\"}");
    assertThat(CheckpointLine.read("2026-11-01 INFO Checkpoint " + checkpoint.line()).line())
        .isEqualTo(checkpoint.line());
  }

  @Test
  void tellsGoodFromBadFromAnotherKey() throws IOException {
    var key = key();
    var checkpoint = signed(key);
    assertThat(key.trusted().judge(checkpoint)).isEqualTo(Judgement.GOOD);
    var later =
        new Checkpoint(
            2,
            checkpoint.position(),
            checkpoint.hash(),
            checkpoint.root(),
            checkpoint.createdAt(),
            checkpoint.keyId(),
            checkpoint.signature());
    assertThat(key.trusted().judge(later)).isEqualTo(Judgement.BAD);
    var other = folder.resolve("other.pem");
    assertThat(SigningKey.make(other)).isTrue();
    assertThat(SigningKey.make(other)).isFalse();
    assertThat(SigningKey.read(other).trusted().judge(checkpoint)).isEqualTo(Judgement.OTHER_KEY);
  }

  @Test
  void refusesWhatIsNoKey() throws IOException {
    for (var text : new String[] {"", "x", KEY + KEY, KEY.replace("MC4", "MC5")}) {
      var file = folder.resolve("key.pem");
      Files.writeString(file, text);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> SigningKey.read(file));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> TrustedKeys.read(file));
    }
  }

  private static Checkpoint signed(SigningKey key) {
    return key.sign(1, 1, HASH, new Tree().leaf(HASH), "2026-11-01T12:00:03.000000Z");
  }

  private SigningKey key() throws IOException {
    var file = folder.resolve("rfc.pem");
    Files.writeString(file, KEY);
    return SigningKey.read(file);
  }
}
