package dev.banking.api.http;

import dev.banking.common.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** How money and times look in HTTP bodies. */
@Configuration(proxyBeanMethods = false)
class JsonFormats {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern DECIMAL_STRING =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,19})(?:\\.[0-9]{1,20})?");

  @Bean
  JacksonModule formats() {
    return new SimpleModule("formats")
        .addSerializer(Money.class, new MoneyWriter())
        .addDeserializer(Money.class, new MoneyReader())
        .addSerializer(Instant.class, new InstantWriter());
  }

  /** A plain number, with decimals only where there are cents. */
  private static final class MoneyWriter extends ValueSerializer<Money> {
    @Override
    public void serialize(Money money, JsonGenerator json, SerializationContext context) {
      json.writeNumber(money.toShortString());
    }
  }

  /** A number, or the same as a decimal string for clients without decimal numbers. */
  private static final class MoneyReader extends ValueDeserializer<Money> {
    @Override
    public Money deserialize(JsonParser json, DeserializationContext context) {
      var token = json.currentToken();
      var number =
          token == JsonToken.VALUE_NUMBER_INT
              || token == JsonToken.VALUE_NUMBER_FLOAT
              || (token == JsonToken.VALUE_STRING
                  && DECIMAL_STRING.matcher(json.getString()).matches());
      if (!number) {
        throw new InvalidAmountException(json, "must be a decimal number");
      }
      try {
        return Money.parse(json.getString());
      } catch (IllegalArgumentException e) {
        throw new InvalidAmountException(json, String.valueOf(e.getMessage()));
      }
    }

    /** Left out: whoever reads the record decides whether it may be. */
    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }

    @Override
    public Money getNullValue(DeserializationContext context) {
      throw new InvalidAmountException(context.getParser(), "must be a decimal number");
    }
  }

  /** ISO 8601, UTC, always with milliseconds. */
  private static final class InstantWriter extends ValueSerializer<Instant> {
    @Override
    public void serialize(Instant instant, JsonGenerator json, SerializationContext context) {
      json.writeString(MILLISECONDS.format(instant));
    }
  }
}
