package dev.banking.api.sql;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlTypeValue;

/** Columns of many rows as parameters of one statement. */
public final class Columns {

  private Columns() {}

  /** As {@code bigint[]}. */
  public static <R> SqlTypeValue bigints(List<R> rows, ToLongFunction<R> column) {
    return array("int8", rows.stream().mapToLong(column).boxed().toArray(Long[]::new));
  }

  /** As {@code text[]}. */
  public static <R> SqlTypeValue texts(
      List<R> rows, Function<R, ? extends @Nullable String> column) {
    return array("text", rows.stream().map(column).toArray(String[]::new));
  }

  /** As {@code uuid[]}. */
  public static <R> SqlTypeValue uuids(List<R> rows, Function<R, UUID> column) {
    return array("uuid", rows.stream().map(column).toArray(UUID[]::new));
  }

  /** As {@code bytea[]}. */
  public static <R> SqlTypeValue bytes(List<R> rows, Function<R, byte[]> column) {
    return array("bytea", rows.stream().map(column).toArray(byte[][]::new));
  }

  /** As {@code text[]} that the statement casts to {@code timestamptz[]}; whole microseconds. */
  public static <R> SqlTypeValue times(List<R> rows, Function<R, Instant> column) {
    return array("text", rows.stream().map(row -> column.apply(row).toString()).toArray());
  }

  /** The array is made on the statement's own connection. */
  private static SqlTypeValue array(String type, @Nullable Object[] elements) {
    return (statement, index, _, _) ->
        statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
  }
}
