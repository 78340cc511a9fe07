package dev.banking.api.http;

import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The client's {@code Accept} header. Replies are {@code application/json}, errors on request
 * {@code application/problem+json}: whoever accepts one of the two can be served.
 */
record Accept(List<MediaType> ranges, boolean readable) {

  private static final Accept ANYTHING = new Accept(List.of(), true);

  static Accept of(List<String> headers) {
    if (headers.isEmpty()) {
      return ANYTHING;
    }
    try {
      return new Accept(MediaType.parseMediaTypes(headers), true);
    } catch (InvalidMediaTypeException _) {
      return new Accept(List.of(), false);
    }
  }

  boolean acceptsJson() {
    return readable
        && (ranges.isEmpty()
            || quality(MediaType.APPLICATION_JSON) > 0
            || quality(MediaType.APPLICATION_PROBLEM_JSON) > 0);
  }

  /** Only when it is named: a wildcard gets the plain shape. */
  boolean prefersProblemJson() {
    var named =
        ranges.stream()
            .anyMatch(range -> range.equalsTypeAndSubtype(MediaType.APPLICATION_PROBLEM_JSON));
    var problem = quality(MediaType.APPLICATION_PROBLEM_JSON);
    return named && problem > 0 && problem >= quality(MediaType.APPLICATION_JSON);
  }

  /** The quality of the most specific range that covers the type (RFC 9110, 12.5.1); 0: none. */
  private double quality(MediaType type) {
    var specificity = -1;
    var quality = 0.0;
    for (var range : ranges) {
      var own = range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
      if (range.includes(type) && own > specificity) {
        specificity = own;
        quality = range.getQualityValue();
      }
    }
    return quality;
  }
}
