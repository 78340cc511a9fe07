package dev.banking.api.user;

import dev.banking.api.cache.CachedAccount;
import dev.banking.api.http.ApiError;
import dev.banking.api.http.ApiException;
import dev.banking.api.http.ErrorType;
import dev.banking.api.http.PathAndQuery;
import dev.banking.api.http.Reply;
import dev.banking.api.http.RequestContext;
import dev.banking.api.http.RequestHeaders;
import dev.banking.api.http.ServerTiming;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Creates and shows users. */
@RestController
@RequestMapping("/api/users")
class UserController {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final ReadAccount readAccount;
  private final ReadTransactions readTransactions;
  private final CreateUser createUser;
  private final BoundedAccess access;

  UserController(
      ReadAccount readAccount,
      ReadTransactions readTransactions,
      CreateUser createUser,
      BoundedAccess access) {
    this.readAccount = readAccount;
    this.readTransactions = readTransactions;
    this.createUser = createUser;
    this.access = access;
  }

  // Headers are set by hand: a ResponseEntity is flushed before its length is known, and on a
  // connection that is about to close nothing but the close would then end the reply.
  @GetMapping("/{userId}")
  @Nullable Reply<User> show(
      @PathVariable String userId, HttpServletRequest request, HttpServletResponse response) {
    var account =
        readAccount
            .read(
                PathAndQuery.userId(userId),
                Freshness.wantedBy(request),
                RequestContext.of(request).times())
            .orElseThrow(UserController::notFound);
    ServerTiming.set(request, response);
    response.setHeader(HttpHeaders.ETAG, tag(account));
    if (RequestHeaders.alreadyHas(request, account.sequence())) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return null;
    }
    return Reply.of(User.of(account));
  }

  @PostMapping(consumes = "application/json")
  Reply<User> create(
      @RequestBody CreateRequest body, HttpServletRequest request, HttpServletResponse response) {
    var balance = body.checkedBalance();
    var key = RequestHeaders.idempotencyKey(request);
    var context = RequestContext.of(request);
    return switch (access.call(context.times(), () -> createUser.create(balance, key, context))) {
      case Creation.Created created -> {
        ServerTiming.set(request, response);
        yield created(created, response);
      }
      case Creation.KeyReused _ ->
          throw new ApiException(ApiError.of(ErrorType.IDEMPOTENCY_KEY_REUSED));
    };
  }

  private static Reply<User> created(Creation.Created created, HttpServletResponse response) {
    var account = created.account();
    response.setStatus(HttpServletResponse.SC_CREATED);
    response.setHeader(HttpHeaders.LOCATION, "/api/users/" + account.userId());
    response.setHeader(HttpHeaders.ETAG, tag(account));
    if (created.replayed()) {
      response.setHeader("Idempotency-Replayed", "true");
    }
    return Reply.of(User.of(account), "User created successfully");
  }

  @GetMapping("/{userId}/transactions")
  Reply<List<Transaction>> transactions(
      @PathVariable String userId, HttpServletRequest request, HttpServletResponse response) {
    var id = PathAndQuery.userId(userId);
    var limit = (int) PathAndQuery.parameter(request, "limit", DEFAULT_LIMIT, MAX_LIMIT);
    var before = PathAndQuery.parameter(request, "before", Long.MAX_VALUE, Long.MAX_VALUE);
    var entries =
        readTransactions
            .read(
                id,
                new ReadTransactions.Range(before, limit + 1),
                Freshness.wantedBy(request),
                RequestContext.of(request).times())
            .orElseThrow(UserController::notFound);
    var page = entries.stream().limit(limit).map(Transaction::of).toList();
    ServerTiming.set(request, response);
    return Reply.page(page, entries.size() > limit ? page.getLast().sequence() : null);
  }

  private static String tag(CachedAccount account) {
    return "\"" + account.sequence() + "\"";
  }

  private static ApiException notFound() {
    return new ApiException(ApiError.of(ErrorType.USER_NOT_FOUND));
  }
}
