package dev.banking.api.user;

import dev.banking.api.http.ApiException;
import dev.banking.api.http.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;

/**
 * How current an answer must be.
 *
 * @param now what is committed now, past the cache and the replica
 * @param minSequence nothing older than this state
 */
record Freshness(boolean now, long minSequence) {

  /**
   * By {@code Cache-Control} and {@code If-Min-Sequence}.
   *
   * @throws ApiException when the latter is malformed
   */
  static Freshness wantedBy(HttpServletRequest request) {
    return new Freshness(RequestHeaders.pastTheCache(request), RequestHeaders.minSequence(request));
  }
}
