package dev.banking.audit.inbox;

import org.springframework.amqp.core.Message;

/**
 * A message that trying again will not help.
 *
 * @param reason a sentence without any of the message's own text
 */
record Poison(Message message, String reason) {}
