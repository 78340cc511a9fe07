package dev.banking.audit.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads and writes the textual form of keys: RFC 7468. */
final class Pem {

  private Pem() {}

  static String write(String label, byte[] content) {
    var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, encoder.encodeToString(content), label);
  }

  /**
   * All that have this label, in their order.
   *
   * @throws IllegalArgumentException when one is no base64
   */
  static List<byte[]> read(String label, String text) {
    var block =
        Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label);
    var found = new ArrayList<byte[]>();
    var matcher = block.matcher(text);
    while (matcher.find()) {
      found.add(Base64.getMimeDecoder().decode(matcher.group(1)));
    }
    return found;
  }
}
