package dev.banking.api.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads request records: UTF-8 JSON of at most 4 KiB, no duplicate and no unknown property, nothing
 * coerced.
 */
final class StrictJsonReader implements HttpMessageConverter<Record> {

  /** The longest body. */
  static final int MAX_BYTES = 4096;

  private final JsonMapper mapper;

  StrictJsonReader(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** All JSON, whatever its charset: another converter would take what this one leaves. */
  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return type.isRecord()
        && mediaType != null
        && mediaType.equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
  }

  @Override
  public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  public List<MediaType> getSupportedMediaTypes() {
    return List.of(MediaType.APPLICATION_JSON);
  }

  @Override
  public Record read(Class<? extends Record> type, HttpInputMessage message) throws IOException {
    checkEncoding(message.getHeaders());
    var body = message.getBody().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      throw new ApiException(ApiError.of(ErrorType.PAYLOAD_TOO_LARGE));
    }
    return parse(type, text(body));
  }

  private static void checkEncoding(HttpHeaders headers) {
    var type = headers.getContentType();
    if (type != null
        && type.getCharset() != null
        && !type.getCharset().equals(StandardCharsets.UTF_8)) {
      throw unsupported("The charset must be UTF-8");
    }
    var encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("Content-Encoding is not supported");
    }
  }

  private static ApiException unsupported(String message) {
    return new ApiException(ApiError.of(ErrorType.UNSUPPORTED_MEDIA_TYPE, message));
  }

  private Record parse(Class<? extends Record> type, String text) {
    try {
      Record read = mapper.readValue(text, type);
      if (read == null) {
        throw malformed("The body must be a JSON object");
      }
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw new ApiException(ApiError.invalid(printable(e.getPropertyName()), "is not known"));
    } catch (DatabindException e) {
      throw new ApiException(invalidField(e));
    } catch (JacksonException e) {
      throw malformed("The body is not valid JSON", e);
    }
  }

  private static ApiError invalidField(DatabindException e) {
    var path = e.getPath();
    if (path.isEmpty() || path.getFirst().getPropertyName() == null) {
      return ApiError.of(ErrorType.INVALID_REQUEST, "The body must be a JSON object");
    }
    var problem = e.getCause() instanceof InvalidAmountException cause ? cause.getMessage() : null;
    if (problem == null && e instanceof InvalidAmountException own) {
      problem = own.getOriginalMessage();
    }
    return ApiError.invalid(
        printable(path.getFirst().getPropertyName()), problem == null ? "is invalid" : problem);
  }

  /** A property's name as a client may see it again. */
  private static String printable(String name) {
    var safe = name.replaceAll("[^\\x20-\\x7e]", "?");
    return safe.length() > 64 ? safe.substring(0, 64) + "…" : safe;
  }

  /** Strictly UTF-8: decoded here, because Jackson would also accept UTF-16 and UTF-32. */
  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body is not valid UTF-8", e);
    }
  }

  private static ApiException malformed(String message) {
    return new ApiException(ApiError.of(ErrorType.INVALID_REQUEST, message));
  }

  private static ApiException malformed(String message, Exception cause) {
    var exception = malformed(message);
    exception.addSuppressed(cause);
    return exception;
  }

  @Override
  public void write(Record record, @Nullable MediaType contentType, HttpOutputMessage message) {
    throw new HttpMessageNotWritableException("reads only");
  }
}
