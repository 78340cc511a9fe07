package dev.banking.audit.export;

import dev.banking.audit.seal.CanonicalBytes;
import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.seal.Cut;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.seal.Tree;
import dev.banking.audit.stored.Snapshot.Head;
import dev.banking.audit.stored.StoredEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The lines of an export, as docs/audit-format.md describes them. */
final class ExportFile {

  private static final HexFormat HEX = HexFormat.of();
  private static final String NAME = "dev.banking/audit-export";
  private static final int FORMAT = 1;

  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
  private final MessageDigest digest = Tree.sha256();
  private final OutputStream out;
  private final SigningKey key;
  private long entries;
  private long checkpoints;

  /** The caller buffers {@code out}, and closes it. */
  ExportFile(OutputStream out, SigningKey key) {
    this.out = out;
    this.key = key;
  }

  /**
   * The first line.
   *
   * @param kind of what it has: {@code book}, {@code month} or {@code statement}
   * @param of what: names and values
   */
  void header(String kind, Map<String, String> of, String createdAt, Head head) {
    write(json -> {
      json.writeStringProperty("type", "header");
      json.writeNumberProperty("format", FORMAT);
      json.writeStringProperty("kind", kind);
      of.forEach(json::writeStringProperty);
      json.writeStringProperty("createdAt", createdAt);
      json.writeStringProperty("keyId", HEX.formatHex(key.id()));
      json.writeName("head");
      json.writeStartObject();
      json.writeNumberProperty("position", head.position());
      json.writeStringProperty("hash", HEX.formatHex(head.hash()));
      json.writeEndObject();
    });
  }

  void cut(Cut cut) {
    hashed(cut.line().getBytes(StandardCharsets.UTF_8));
  }

  void checkpoint(Checkpoint checkpoint) {
    checkpoints++;
    hashed(checkpoint.line().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An entry.
   *
   * @param proof its path to the root of the checkpoint; null in an export of the whole book
   */
  void entry(StoredEntry entry, @Nullable List<byte[]> proof) {
    entries++;
    write(json -> {
      json.writeStringProperty("type", "entry");
      entry.fields(json::writeStringProperty);
      json.writeStringProperty("previousHash", HEX.formatHex(entry.previousHash()));
      json.writeStringProperty("hash", HEX.formatHex(entry.hash()));
      if (proof != null) {
        json.writeName("proof");
        json.writeStartArray();
        proof.forEach(sibling -> json.writeString(HEX.formatHex(sibling)));
        json.writeEndArray();
      }
    });
  }

  /** The last line, which signs all before it. */
  void end() throws IOException {
    var sum = digest.digest();
    var signed = new CanonicalBytes().text(NAME).number(FORMAT).bytes(sum).toByteArray();
    write(json -> {
      json.writeStringProperty("type", "end");
      json.writeNumberProperty("entries", entries);
      json.writeNumberProperty("checkpoints", checkpoints);
      json.writeStringProperty("sha256", HEX.formatHex(sum));
      json.writeStringProperty("keyId", HEX.formatHex(key.id()));
      json.writeStringProperty("signature", HEX.formatHex(key.sign(signed)));
    });
    out.flush();
  }

  long entries() {
    return entries;
  }

  private void write(Consumer<JsonGenerator> properties) {
    line.reset();
    try (var generator = json.createGenerator(ObjectWriteContext.empty(), line)) {
      generator.writeStartObject();
      properties.accept(generator);
      generator.writeEndObject();
    }
    hashed(line.toByteArray());
  }

  private void hashed(byte[] text) {
    digest.update(text);
    digest.update((byte) '\n');
    try {
      out.write(text);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
