package dev.banking.loadtests.generator;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As much of HTTP/1.1 as tells where an answer ends and what its status is. */
final class HttpAnswer {

  private static final String END_OF_HEADERS = "\r\n\r\n";
  private static final String END_OF_CHUNKS = "0\r\n\r\n";
  private static final String LENGTH = "\r\ncontent-length:";
  private static final String CHUNKED = "\r\ntransfer-encoding: chunked";
  private static final int STATUS_AT = 9;
  private static final int STATUS_END = 12;

  private HttpAnswer() {}

  /**
   * Of the first bytes of a buffer: the status, {@link Exchange#PENDING} while the answer is not
   * complete, {@link Exchange#BROKEN} when it is no answer.
   */
  static int statusOfComplete(byte[] bytes, int count) {
    var text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    var headersEnd = text.indexOf(END_OF_HEADERS);
    if (headersEnd < 0) {
      return Exchange.PENDING;
    }
    if (!text.startsWith("HTTP/1.1 ")) {
      return Exchange.BROKEN;
    }
    var headers = text.substring(0, headersEnd + 2).toLowerCase(Locale.ROOT);
    return isComplete(headers, text, headersEnd + END_OF_HEADERS.length())
        ? Integer.parseInt(text.substring(STATUS_AT, STATUS_END))
        : Exchange.PENDING;
  }

  private static boolean isComplete(String headers, String text, int bodyAt) {
    if (headers.contains(CHUNKED)) {
      return text.endsWith(END_OF_CHUNKS);
    }
    var length = headers.indexOf(LENGTH);
    if (length < 0) {
      return true;
    }
    var from = length + LENGTH.length();
    var value = headers.substring(from, headers.indexOf("\r\n", from)).strip();
    return text.length() - bodyAt >= Integer.parseInt(value);
  }
}
