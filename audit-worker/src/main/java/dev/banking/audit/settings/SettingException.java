package dev.banking.audit.settings;

/** The application must not start with these settings: which, and what they must be. */
public final class SettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SettingException(String message) {
    super(message);
  }
}
