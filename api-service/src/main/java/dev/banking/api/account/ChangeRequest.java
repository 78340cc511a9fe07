package dev.banking.api.account;

import dev.banking.api.http.ApiError;
import dev.banking.api.http.ApiException;
import dev.banking.common.Money;
import org.jspecify.annotations.Nullable;

/**
 * The body of a change.
 *
 * @param amount signed
 */
record ChangeRequest(@Nullable Money amount) {

  /**
   * The amount.
   *
   * @throws ApiException when it is missing or zero
   */
  Money checkedAmount() {
    if (amount == null) {
      throw new ApiException(ApiError.invalid("amount", "must be given"));
    }
    if (amount.isZero()) {
      throw new ApiException(ApiError.invalid("amount", "must not be 0"));
    }
    return amount;
  }
}
