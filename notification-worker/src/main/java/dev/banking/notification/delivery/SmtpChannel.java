package dev.banking.notification.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.banking.common.BalanceUpdated;
import dev.banking.common.EventCodec;
import dev.banking.common.InvalidEventException;
import dev.banking.notification.store.Notification;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * One mail for each notification. The message id is made from the event id, so that a mail which is
 * sent twice can be recognised.
 */
final class SmtpChannel implements DeliveryChannel {

  private final JavaMailSenderImpl sender;
  private final SmtpProperties properties;
  private final EventCodec codec = new EventCodec();

  SmtpChannel(SmtpProperties properties) {
    properties.mustBeComplete();
    this.properties = properties;
    this.sender = sender(properties);
  }

  private static JavaMailSenderImpl sender(SmtpProperties properties) {
    var sender = new JavaMailSenderImpl();
    sender.setHost(properties.host());
    sender.setPort(properties.port());
    var mail = sender.getJavaMailProperties();
    if (!properties.username().isEmpty()) {
      sender.setUsername(properties.username());
      sender.setPassword(properties.password());
      mail.setProperty("mail.smtp.auth", "true");
    }
    var timeout = Long.toString(properties.timeout().toMillis());
    mail.setProperty("mail.smtp.connectiontimeout", timeout);
    mail.setProperty("mail.smtp.timeout", timeout);
    mail.setProperty("mail.smtp.writetimeout", timeout);
    var starttls = Boolean.toString(properties.starttls());
    mail.setProperty("mail.smtp.starttls.enable", starttls);
    mail.setProperty("mail.smtp.starttls.required", starttls);
    mail.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    return sender;
  }

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public boolean isImmediate() {
    return false;
  }

  @Override
  public void deliver(Notification notification) throws DeliveryFailedException {
    try {
      sender.send(mail(notification));
    } catch (MailException | MessagingException | InvalidEventException e) {
      // The server's own words may repeat an address: the kind of failure is enough.
      throw new DeliveryFailedException("mail not taken: " + e.getClass().getSimpleName(), e);
    }
  }

  private MimeMessage mail(Notification notification)
      throws MessagingException, InvalidEventException {
    var message = sender.createMimeMessage();
    var helper = new MimeMessageHelper(message, "UTF-8");
    helper.setFrom(properties.from());
    helper.setTo(properties.to().replace("{userId}", Long.toString(notification.userId())));
    helper.setSubject("Your balance has changed");
    helper.setSentDate(Date.from(notification.occurredAt()));
    helper.setText(text(notification));
    message.setHeader("Message-ID", "<" + notification.eventId() + "@banking>");
    message.setHeader("X-Event-Id", notification.eventId().toString());
    return message;
  }

  private String text(Notification notification) throws InvalidEventException {
    var event = codec.read(notification.payload().getBytes(UTF_8));
    if (!(event instanceof BalanceUpdated updated)) {
      throw new InvalidEventException("not " + BalanceUpdated.TYPE);
    }
    return """
    The balance of account %d has changed by %s.
    It is %s now. This is change number %d, of %s.
    """
        .formatted(
            updated.userId(),
            updated.amount(),
            updated.newBalance(),
            updated.sequence(),
            updated.time());
  }
}
