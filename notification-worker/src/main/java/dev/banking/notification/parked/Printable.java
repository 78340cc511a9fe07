package dev.banking.notification.parked;

/** Foreign text and bytes for a terminal: what is not printable ASCII is escaped. */
final class Printable {

  private Printable() {}

  /** The first bytes, each that is no printable character as {@code \xNN}. */
  static String bytes(byte[] bytes, int limit) {
    var text = new StringBuilder();
    for (var i = 0; i < Math.min(bytes.length, limit); i++) {
      append(text, bytes[i] & 0xff, "\\x%02x");
    }
    return text.append(bytes.length > limit ? "…" : "").toString();
  }

  /** The text, each character that could do anything but be read as {@code \}{@code uNNNN}. */
  static String text(String foreign) {
    var text = new StringBuilder();
    foreign.chars().forEach(character -> append(text, character, "\\u%04x"));
    return text.toString();
  }

  private static void append(StringBuilder text, int character, String escape) {
    switch (character) {
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '\\' -> text.append("\\\\");
      default -> {
        if (character >= ' ' && character <= '~') {
          text.append((char) character);
        } else {
          text.append(escape.formatted(character));
        }
      }
    }
  }
}
