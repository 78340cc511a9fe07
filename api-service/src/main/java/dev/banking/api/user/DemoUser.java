package dev.banking.api.user;

import dev.banking.api.http.RequestContext;
import dev.banking.common.Money;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** User 1 with 10000 on an empty database, so that the first request of a newcomer works. */
@Component
class DemoUser implements SmartInitializingSingleton {

  private static final long USER_ID = 1;
  private static final Money OPENING_BALANCE = new Money(10_000_00);

  private final CreateUser createUser;
  private final UserProperties properties;

  DemoUser(CreateUser createUser, UserProperties properties) {
    this.createUser = createUser;
    this.properties = properties;
  }

  /** Before the server listens: the first request already finds the user. */
  @Override
  public void afterSingletonsInstantiated() {
    if (properties.demo()) {
      createUser.createFirst(
          USER_ID, OPENING_BALANCE, new RequestContext("demo-user", "demo-user", null));
    }
  }
}
