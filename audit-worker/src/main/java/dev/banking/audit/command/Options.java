package dev.banking.audit.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words after a command: {@code --all}, {@code --id value}, {@code --id=value}. */
public final class Options {

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Options() {}

  /**
   * Reads the words.
   *
   * @param flags the options that stand alone
   * @param valued the options that a value follows
   * @throws CommandFailedException when a word is none of them, or a value is missing
   */
  public static Options parse(List<String> words, Set<String> flags, Set<String> valued) {
    var options = new Options();
    var rest = words.iterator();
    while (rest.hasNext()) {
      var word = rest.next();
      var equals = word.indexOf('=');
      var name = equals > 0 ? word.substring(0, equals) : word;
      if (flags.contains(word)) {
        options.add(word, "");
      } else if (valued.contains(name) && (equals > 0 || rest.hasNext())) {
        options.add(name, equals > 0 ? word.substring(equals + 1) : rest.next());
      } else {
        throw new CommandFailedException(
            valued.contains(name) ? name + " needs a value" : "unknown option " + word);
      }
    }
    return options;
  }

  private void add(String name, String value) {
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** In their order; empty when the option was not given. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The last one counts. */
  public Optional<String> last(String name) {
    return all(name).isEmpty() ? Optional.empty() : Optional.of(all(name).getLast());
  }

  /**
   * A whole number within bounds.
   *
   * @throws CommandFailedException when the value is none
   */
  public int number(String name, int usual, int least, int most) {
    var text = last(name);
    if (text.isEmpty()) {
      return usual;
    }
    if (text.get().matches("[0-9]{1,9}")) {
      var number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new CommandFailedException(name + " must be a number from " + least + " to " + most);
  }
}
