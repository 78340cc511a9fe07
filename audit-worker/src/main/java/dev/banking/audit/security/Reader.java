package dev.banking.audit.security;

import jakarta.servlet.http.HttpServletRequest;

/** Who is reading. */
final class Reader {

  static final String ANONYMOUS = "anonymous";
  private static final String ATTRIBUTE = Reader.class.getName();

  private Reader() {}

  static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String name ? name : ANONYMOUS;
  }

  static void set(HttpServletRequest request, String name) {
    request.setAttribute(ATTRIBUTE, name);
  }
}
