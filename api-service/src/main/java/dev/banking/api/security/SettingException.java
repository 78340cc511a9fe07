package dev.banking.api.security;

/** The API must not start with these settings. */
final class SettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SettingException(String message) {
    super(message);
  }
}
