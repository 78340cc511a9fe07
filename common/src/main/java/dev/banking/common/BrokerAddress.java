package dev.banking.common;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What an address of the broker looks like: {@code amqp://user:password@host:port}. */
public final class BrokerAddress {

  /**
   * Host names may have an underscore, as those of containers do: {@link java.net.URI} has none.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "amqps?://([^@/\\s]*@)?(\\[[0-9a-fA-F:.]+]|[^@/:\\s]+)(:(?<port>[0-9]{1,5}))?(/\\S*)?");

  private static final int HIGHEST_PORT = 65_535;

  private BrokerAddress() {}

  /** Whether each of them, separated by commas, is one. Whether a broker is there is not asked. */
  public static boolean areAddresses(String addresses) {
    return Arrays.stream(addresses.split(",", -1)).allMatch(address -> isAddress(address.strip()));
  }

  private static boolean isAddress(String address) {
    var matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      return false;
    }
    var port = matcher.group("port");
    return port == null || Integer.parseInt(port) <= HIGHEST_PORT;
  }
}
