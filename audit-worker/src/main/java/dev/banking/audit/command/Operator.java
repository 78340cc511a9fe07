package dev.banking.audit.command;

/**
 * Who does something by a command.
 *
 * @param actor who it is done for, or by: what {@code --actor} says, else the machine's user
 * @param osUser the machine's user
 */
public record Operator(String actor, String osUser) {

  /** As the options and the machine say. */
  public static Operator of(Options options) {
    var osUser = System.getProperty("user.name", "unknown");
    return new Operator(
        options.last("--actor").filter(name -> !name.isBlank()).orElse(osUser), osUser);
  }
}
