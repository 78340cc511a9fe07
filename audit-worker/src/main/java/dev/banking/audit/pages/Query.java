package dev.banking.audit.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The parameters of a search, for the links of its page. */
final class Query {

  private static final List<String> PAGING = List.of("cursor", "limit");

  private Query() {}

  /** {@code user=1&outcome=refused}, without those that are empty, or about paging. */
  static String of(HttpServletRequest request) {
    var parts = new ArrayList<String>();
    for (var name : Collections.list(request.getParameterNames())) {
      var value = request.getParameter(name);
      if (!PAGING.contains(name) && value != null && !value.isBlank()) {
        parts.add(encode(name) + "=" + encode(value.strip()));
      }
    }
    return String.join("&", parts);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
