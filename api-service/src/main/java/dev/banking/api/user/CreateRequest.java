package dev.banking.api.user;

import dev.banking.api.http.ApiError;
import dev.banking.api.http.ApiException;
import dev.banking.common.Money;
import org.jspecify.annotations.Nullable;

/**
 * The body of a creation.
 *
 * @param initialBalance zero when it is left out
 */
record CreateRequest(@Nullable Money initialBalance) {

  /**
   * The opening balance.
   *
   * @throws ApiException when it is negative
   */
  Money checkedBalance() {
    if (initialBalance == null) {
      return Money.ZERO;
    }
    if (initialBalance.isNegative()) {
      throw new ApiException(ApiError.invalid("initialBalance", "must not be negative"));
    }
    return initialBalance;
  }
}
