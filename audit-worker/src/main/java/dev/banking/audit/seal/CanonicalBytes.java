package dev.banking.audit.seal;

import dev.banking.common.Money;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes fields as docs/audit-format.md says: each as a length of four bytes, big-endian, followed
 * by that many bytes. A change here breaks every book there is.
 */
public final class CanonicalBytes {

  private static final int NULL_LENGTH = -1;
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

  public CanonicalBytes number(long value) {
    return text(Long.toString(value));
  }

  public CanonicalBytes amount(Money value) {
    return text(value.toString());
  }

  public CanonicalBytes uuid(UUID value) {
    return text(value.toString());
  }

  public CanonicalBytes time(Instant value) {
    return text(timeText(value));
  }

  /** {@code 2026-11-01T12:00:00.000001Z}; what is finer is cut off. */
  public static String timeText(Instant value) {
    return MICROSECONDS.format(value);
  }

  public CanonicalBytes text(@Nullable String value) {
    if (value == null) {
      return length(NULL_LENGTH);
    }
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public CanonicalBytes bytes(byte[] value) {
    length(value.length);
    out.writeBytes(value);
    return this;
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }

  private CanonicalBytes length(int length) {
    out.write(length >>> 24);
    out.write(length >>> 16);
    out.write(length >>> 8);
    out.write(length);
    return this;
  }
}
