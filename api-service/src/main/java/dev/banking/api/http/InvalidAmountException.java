package dev.banking.api.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;

/** The amount in a body is not one; the message says why, for the client. */
class InvalidAmountException extends MismatchedInputException {

  private static final long serialVersionUID = 1L;

  InvalidAmountException(@Nullable JsonParser parser, String problem) {
    super(parser, problem);
  }
}
