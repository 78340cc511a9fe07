package dev.banking.common;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEvents
 * 1.0, structured JSON</a>. Writing is deterministic: one event has one form, in the order of the
 * golden files. Reading ignores unknown fields. Safe for use by many threads.
 */
public final class EventCodec {

  /** The AMQP content type of an event. */
  public static final String CONTENT_TYPE = "application/cloudevents+json";

  /** Longer messages are poison: an event of ours is below 2 KiB. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final String SOURCE = "banking/api-service";
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(20)
                  .maxNumberLength(40)
                  .maxStringLength(MAX_BYTES)
                  .build())
          .build();
  private final JsonMapper mapper =
      JsonMapper.builder(factory)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The event as UTF-8 JSON. */
  public byte[] write(BankingEvent event) {
    var out = new ByteArrayOutputStream(512);
    try (var json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("specversion", "1.0");
      json.writeStringProperty("id", event.id().toString());
      json.writeStringProperty("source", SOURCE);
      json.writeStringProperty("type", event.type());
      json.writeStringProperty("subject", "users/" + event.userId());
      json.writeStringProperty("time", MICROSECONDS.format(event.time()));
      json.writeNumberProperty("dataversion", 1);
      json.writeName("data");
      writeData(json, event);
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void writeData(JsonGenerator json, BankingEvent event) {
    Consumer<JsonGenerator> amounts =
        switch (event) {
          case BalanceUpdated updated ->
              out -> {
                writeMoney(out, "amount", updated.amount());
                writeMoney(out, "previousBalance", updated.previousBalance());
                writeMoney(out, "newBalance", updated.newBalance());
              };
          case BalanceUpdateFailed failed ->
              out -> {
                writeMoney(out, "amount", failed.amount());
                writeMoney(out, "balance", failed.balance());
                out.writeStringProperty("reason", failed.reason());
              };
          case UserCreated created ->
              out -> writeMoney(out, "initialBalance", created.initialBalance());
        };
    json.writeStartObject();
    json.writeNumberProperty("userId", event.userId());
    json.writeNumberProperty("sequence", event.sequence());
    json.writeStringProperty("operationId", event.operationId().toString());
    amounts.accept(json);
    json.writeStringProperty("actor", event.actor());
    json.writeStringProperty("requestId", event.requestId());
    json.writeEndObject();
  }

  private static void writeMoney(JsonGenerator json, String name, Money money) {
    json.writeName(name);
    json.writeNumber(money.toString());
  }

  /**
   * Reads one event.
   *
   * @throws InvalidEventException when the bytes are no event that this version knows; trying again
   *     will not help
   */
  public BankingEvent read(byte[] bytes) throws InvalidEventException {
    if (bytes.length > MAX_BYTES) {
      throw new InvalidEventException("longer than " + MAX_BYTES + " bytes");
    }
    JsonNode root;
    try {
      root = mapper.readTree(bytes);
    } catch (JacksonException e) {
      throw new InvalidEventException("not JSON", e);
    }
    var envelope = new Fields(root, "");
    if (!"1.0".equals(envelope.text("specversion"))) {
      throw new InvalidEventException("specversion is not 1.0");
    }
    var data = envelope.object("data");
    return switch (envelope.text("type")) {
      case BalanceUpdated.TYPE -> readUpdated(envelope, data);
      case BalanceUpdateFailed.TYPE -> readFailed(envelope, data);
      case UserCreated.TYPE -> readCreated(envelope, data);
      default -> throw new InvalidEventException("unknown event type");
    };
  }

  private static BalanceUpdated readUpdated(Fields envelope, Fields data)
      throws InvalidEventException {
    return new BalanceUpdated(
        envelope.uuid("id"),
        envelope.instant("time"),
        data.positive("userId"),
        data.positive("sequence"),
        data.uuid("operationId"),
        data.money("amount"),
        data.money("previousBalance"),
        data.money("newBalance"),
        data.text("actor"),
        data.text("requestId"));
  }

  private static BalanceUpdateFailed readFailed(Fields envelope, Fields data)
      throws InvalidEventException {
    return new BalanceUpdateFailed(
        envelope.uuid("id"),
        envelope.instant("time"),
        data.positive("userId"),
        data.notNegative("sequence"),
        data.uuid("operationId"),
        data.money("amount"),
        data.money("balance"),
        data.text("reason"),
        data.text("actor"),
        data.text("requestId"));
  }

  private static UserCreated readCreated(Fields envelope, Fields data)
      throws InvalidEventException {
    return new UserCreated(
        envelope.uuid("id"),
        envelope.instant("time"),
        data.positive("userId"),
        data.notNegative("sequence"),
        data.uuid("operationId"),
        data.money("initialBalance"),
        data.text("actor"),
        data.text("requestId"));
  }

  /** The typed reads of one JSON object; each names the field that is missing or wrong. */
  private record Fields(JsonNode node, String path) {

    String text(String name) throws InvalidEventException {
      var value = node.path(name);
      if (!value.isString() || value.stringValue().isEmpty()) {
        throw invalid(name, "text");
      }
      return value.stringValue();
    }

    Fields object(String name) throws InvalidEventException {
      var value = node.path(name);
      if (!value.isObject()) {
        throw invalid(name, "an object");
      }
      return new Fields(value, path + name + ".");
    }

    UUID uuid(String name) throws InvalidEventException {
      var text = text(name);
      try {
        var uuid = UUID.fromString(text);
        if (uuid.toString().equalsIgnoreCase(text)) {
          return uuid;
        }
        throw invalid(name, "a UUID");
      } catch (IllegalArgumentException _) {
        throw invalid(name, "a UUID");
      }
    }

    Instant instant(String name) throws InvalidEventException {
      try {
        return Instant.parse(text(name)).truncatedTo(ChronoUnit.MICROS);
      } catch (DateTimeException _) {
        throw invalid(name, "a time in UTC");
      }
    }

    long positive(String name) throws InvalidEventException {
      var value = notNegative(name);
      if (value == 0) {
        throw invalid(name, "a whole number above 0");
      }
      return value;
    }

    long notNegative(String name) throws InvalidEventException {
      var value = node.path(name);
      if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
        throw invalid(name, "a whole number");
      }
      return value.longValue();
    }

    Money money(String name) throws InvalidEventException {
      var value = node.path(name);
      if (!value.isNumber()) {
        throw invalid(name, "an amount");
      }
      try {
        return Money.of(value.decimalValue());
      } catch (IllegalArgumentException _) {
        throw invalid(name, "an amount");
      }
    }

    private InvalidEventException invalid(String name, String wanted) {
      return new InvalidEventException(path + name + " is not " + wanted);
    }
  }
}
