package dev.banking.notification.inbox;

import org.springframework.amqp.core.Message;

/**
 * A message that will never be a notification.
 *
 * @param message as the broker sent it
 * @param reason why, in a sentence, without the message's own text
 */
record Poison(Message message, String reason) {}
