package dev.banking.audit.book;

import dev.banking.common.Money;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes fields as this package's description says. A change here breaks every book there is. */
final class CanonicalBytes {

  private static final int NULL_LENGTH = -1;
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

  CanonicalBytes number(long value) {
    return text(Long.toString(value));
  }

  CanonicalBytes amount(Money value) {
    return text(value.toString());
  }

  CanonicalBytes uuid(UUID value) {
    return text(value.toString());
  }

  CanonicalBytes time(Instant value) {
    return text(MICROSECONDS.format(value));
  }

  CanonicalBytes text(@Nullable String value) {
    if (value == null) {
      return length(NULL_LENGTH);
    }
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  CanonicalBytes bytes(byte[] value) {
    length(value.length);
    out.writeBytes(value);
    return this;
  }

  byte[] toByteArray() {
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
