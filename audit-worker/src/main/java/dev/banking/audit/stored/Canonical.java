package dev.banking.audit.stored;

import dev.banking.audit.stored.CopyRows.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns the database's binary values into the bytes of docs/audit-format.md. Written apart from
 * what writes the book, and without an object for each value. A value that the format does not have
 * becomes bytes that no entry was hashed from.
 */
final class Canonical {

  /** What stands in for a value that is none: never a valid amount. */
  static final long NO_AMOUNT = Long.MIN_VALUE;

  private static final long SECONDS_1970_TO_2000 = 946_684_800L;
  private static final long MICROS = 1_000_000L;
  private static final long SECONDS_A_DAY = 86_400L;
  private static final int UUID_BYTES = 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NO_VALUE = "no value".getBytes(StandardCharsets.US_ASCII);

  private byte[] out = new byte[4_096];
  private int end;

  void clear() {
    end = 0;
  }

  byte[] array() {
    return out;
  }

  int length() {
    return end;
  }

  long number(Row row) {
    var value = row.number();
    text(Long.toString(value));
    return value;
  }

  /** Text and bytes go as they are. */
  void bytes(Row row) {
    var length = row.length();
    word(length);
    if (length != Row.NULL) {
      reserve(length);
      row.bytes().get(out, end, length);
      end += length;
    }
  }

  /** Whether these characters came last. */
  boolean endsWith(String ascii) {
    var from = end - ascii.length();
    for (var i = 0; i < ascii.length(); i++) {
      if (out[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  void uuid(Row row) {
    if (row.length() != UUID_BYTES) {
      throw new IllegalArgumentException("not a uuid");
    }
    word(36);
    reserve(36);
    for (var i = 0; i < UUID_BYTES; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        out[end++] = '-';
      }
      var value = row.bytes().get();
      out[end++] = HEX[(value >>> 4) & 15];
      out[end++] = HEX[value & 15];
    }
  }

  /** The amount in cents. */
  long amount(Row row) {
    var cents = cents(row);
    if (cents == NO_AMOUNT) {
      text(NO_VALUE);
    } else {
      var absolute = Math.abs(cents);
      var rest = absolute % 100;
      text((cents < 0 ? "-" : "") + absolute / 100 + (rest < 10 ? ".0" : ".") + rest);
    }
    return cents;
  }

  /** PostgreSQL's numeric: digits of base 10,000, the first has the weight of a power of it. */
  static long cents(Row row) {
    var next = row.length();
    var bytes = row.bytes();
    var after = bytes.position() + next;
    int digits = bytes.getShort();
    int weight = bytes.getShort();
    int sign = bytes.getShort() & 0xffff;
    var scale = bytes.getShort();
    var cents = (sign != 0 && sign != 0x4000) || scale > 2 || weight > 3 ? NO_AMOUNT : 0L;
    for (var i = 0; i < digits && cents != NO_AMOUNT; i++) {
      var digit = bytes.getShort();
      var power = weight - i;
      if (power >= 0) {
        cents += digit * 100L * power(power);
      } else {
        cents = power == -1 && digit % 100 == 0 ? cents + digit / 100 : NO_AMOUNT;
      }
    }
    bytes.position(after);
    return sign == 0x4000 && cents != NO_AMOUNT ? -cents : cents;
  }

  private static long power(int of) {
    return switch (of) {
      case 0 -> 1L;
      case 1 -> 10_000L;
      case 2 -> 100_000_000L;
      default -> 1_000_000_000_000L;
    };
  }

  /** PostgreSQL's timestamptz: microseconds since 2000. */
  void time(Row row) {
    var micros = row.number();
    var seconds = Math.floorDiv(micros, MICROS) + SECONDS_1970_TO_2000;
    var days = Math.floorDiv(seconds, SECONDS_A_DAY);
    if (days < -719_162 || days > 2_932_896) {
      text(NO_VALUE);
      return;
    }
    word(27);
    reserve(27);
    date(days);
    var ofDay = (int) Math.floorMod(seconds, SECONDS_A_DAY);
    out[end++] = 'T';
    digits(ofDay / 3_600, 2);
    out[end++] = ':';
    digits(ofDay / 60 % 60, 2);
    out[end++] = ':';
    digits(ofDay % 60, 2);
    out[end++] = '.';
    digits((int) Math.floorMod(micros, MICROS), 6);
    out[end++] = 'Z';
  }

  /** From days since 1970, by eras of 400 years that begin in March. */
  private void date(long days) {
    var shifted = days + 719_468;
    var era = Math.floorDiv(shifted, 146_097);
    var ofEra = (int) Math.floorMod(shifted, 146_097L);
    var yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    var ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    var march = (5 * ofYear + 2) / 153;
    var month = march < 10 ? march + 3 : march - 9;
    digits((int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0), 4);
    out[end++] = '-';
    digits(month, 2);
    out[end++] = '-';
    digits(ofYear - (153 * march + 2) / 5 + 1, 2);
  }

  private void digits(int value, int count) {
    var rest = value;
    for (var i = count - 1; i >= 0; i--) {
      out[end + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    end += count;
  }

  private void text(String ascii) {
    var length = ascii.length();
    word(length);
    reserve(length);
    for (var i = 0; i < length; i++) {
      out[end++] = (byte) ascii.charAt(i);
    }
  }

  private void text(byte[] bytes) {
    word(bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, out, end, bytes.length);
    end += bytes.length;
  }

  private void word(int value) {
    reserve(Integer.BYTES);
    out[end++] = (byte) (value >>> 24);
    out[end++] = (byte) (value >>> 16);
    out[end++] = (byte) (value >>> 8);
    out[end++] = (byte) value;
  }

  private void reserve(int more) {
    if (end + more > out.length) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, end + more));
    }
  }
}
