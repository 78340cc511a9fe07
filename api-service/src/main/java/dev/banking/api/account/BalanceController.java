package dev.banking.api.account;

import dev.banking.api.http.ApiError;
import dev.banking.api.http.ErrorReply;
import dev.banking.api.http.ErrorType;
import dev.banking.api.http.PathAndQuery;
import dev.banking.api.http.Reply;
import dev.banking.api.http.RequestContext;
import dev.banking.api.http.RequestHeaders;
import dev.banking.api.http.ServerTiming;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code PUT /api/users/{userId}/balance}: adds a signed amount. */
@RestController
class BalanceController {

  private final ChangeBalance changeBalance;

  BalanceController(ChangeBalance changeBalance) {
    this.changeBalance = changeBalance;
  }

  @PutMapping(path = "/api/users/{userId}/balance", consumes = "application/json")
  @Nullable Reply<UserBalance> change(
      @PathVariable String userId,
      @RequestBody ChangeRequest body,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var outcome =
        changeBalance.change(
            new BalanceChange(
                PathAndQuery.userId(userId),
                body.checkedAmount(),
                RequestHeaders.idempotencyKey(request),
                RequestHeaders.ifMatch(request),
                OperationIds.next(),
                RequestContext.of(request)));
    if (outcome.replayed()) {
      response.setHeader("Idempotency-Replayed", "true");
    }
    if (outcome instanceof Outcome.Booked booked) {
      response.setHeader("ETag", "\"" + booked.sequence() + "\"");
      ServerTiming.set(request, response);
      return Reply.of(UserBalance.of(booked), "Balance updated successfully");
    }
    ErrorReply.send(request, response, ApiError.of(errorOf(outcome)));
    return null;
  }

  private static ErrorType errorOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.InsufficientFunds _ -> ErrorType.INSUFFICIENT_FUNDS;
      case Outcome.BalanceLimitExceeded _ -> ErrorType.BALANCE_LIMIT_EXCEEDED;
      case Outcome.PreconditionFailed _ -> ErrorType.PRECONDITION_FAILED;
      case Outcome.UserNotFound _ -> ErrorType.USER_NOT_FOUND;
      case Outcome.KeyReused _ -> ErrorType.IDEMPOTENCY_KEY_REUSED;
      case Outcome.Overloaded _ -> ErrorType.OVERLOADED;
      case Outcome.Unavailable _ -> ErrorType.UNAVAILABLE;
      case Outcome.Unknown _ -> ErrorType.OUTCOME_UNKNOWN;
      case Outcome.Failed _, Outcome.Booked _ -> ErrorType.INTERNAL_ERROR;
    };
  }
}
