package dev.banking.api.account;

import dev.banking.common.Money;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@code numeric(15,2)}. */
@Converter
class MoneyConverter implements AttributeConverter<Money, BigDecimal> {

  @Override
  public @Nullable BigDecimal convertToDatabaseColumn(@Nullable Money money) {
    return money == null ? null : money.toBigDecimal();
  }

  @Override
  public @Nullable Money convertToEntityAttribute(@Nullable BigDecimal column) {
    return column == null ? null : Money.of(column);
  }
}
