package dev.banking.notification.delivery;

/** The chosen channel cannot work with these settings; the application does not start. */
final class MissingSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MissingSettingException(String message) {
    super(message);
  }

  static void unlessPresent(String channel, String name, String value) {
    if (value.isBlank()) {
      throw new MissingSettingException("NOTIFY_CHANNEL=" + channel + " needs " + name);
    }
  }
}
