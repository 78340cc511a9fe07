package dev.banking.api.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The states that an {@code If-Match} header accepts (RFC 9110, 13.1.1).
 *
 * @param any {@code *}: whatever the user's state is
 * @param sequences the named ones; tags that are no sequence match nothing
 */
public record IfMatch(boolean any, Set<Long> sequences) {

  private static final Pattern TAG =
      Pattern.compile("\\G\\s*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"\\s*(,|$)");
  private static final Pattern SEQUENCE = Pattern.compile("0|[1-9][0-9]{0,17}");

  /** Whether the state with this last change is one of them. */
  public boolean accepts(long sequence) {
    return any || sequences.contains(sequence);
  }

  /**
   * Reads the header's values; null when there are none.
   *
   * @param weak whether weak tags match too, as they do in {@code If-None-Match}
   * @throws IllegalArgumentException when they are no list of entity tags
   */
  static @Nullable IfMatch parse(List<String> headers, boolean weak) {
    if (headers.isEmpty()) {
      return null;
    }
    var list = String.join(",", headers).strip();
    if (list.equals("*")) {
      return new IfMatch(true, Set.of());
    }
    var sequences = new HashSet<Long>();
    var tags = TAG.matcher(list);
    var end = 0;
    while (end < list.length() && tags.find()) {
      if ((weak || tags.group(1) == null) && SEQUENCE.matcher(tags.group(2)).matches()) {
        sequences.add(Long.parseLong(tags.group(2)));
      }
      end = tags.end();
    }
    if (list.isEmpty() || end < list.length() || list.endsWith(",")) {
      throw new IllegalArgumentException("must be * or a list of entity tags such as \"7\"");
    }
    return new IfMatch(false, sequences);
  }
}
