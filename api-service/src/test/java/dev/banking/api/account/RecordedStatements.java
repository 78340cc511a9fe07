package dev.banking.api.account;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Writes down what the application executes, between the application and its driver. */
final class RecordedStatements implements BeanPostProcessor {

  /** Not on the way of a request. */
  private static final String RELAY = "outbox-relay";

  private final List<Recorded> recorded = new CopyOnWriteArrayList<>();
  private volatile boolean isRecording;

  /**
   * A statement that was executed.
   *
   * @param parameters in their order; arrays as lists
   */
  record Recorded(String sql, List<@Nullable Object> parameters) {}

  /** What was executed while the deed was done, by any thread but the relay's. */
  List<Recorded> during(Runnable deed) {
    recorded.clear();
    isRecording = true;
    deed.run();
    isRecording = false;
    return List.copyOf(recorded);
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    return bean instanceof DataSource real ? new Recording(real) : bean;
  }

  private void writeDown(String sql, Map<Integer, @Nullable Object> parameters) {
    if (isRecording && !Thread.currentThread().getName().startsWith(RELAY)) {
      List<@Nullable Object> values = new ArrayList<@Nullable Object>(parameters.values());
      recorded.add(new Recorded(sql, values));
    }
  }

  private final class Recording extends DelegatingDataSource {

    Recording(DataSource real) {
      super(real);
    }

    @Override
    public Connection getConnection() throws SQLException {
      return connection(super.getConnection());
    }
  }

  private Connection connection(Connection real) {
    return proxy(
        Connection.class,
        (_, method, arguments) -> {
          var result = invoke(real, method, arguments);
          return result instanceof PreparedStatement statement
              ? statement(statement, (String) arguments[0])
              : result;
        });
  }

  private PreparedStatement statement(PreparedStatement real, String sql) {
    var parameters = new TreeMap<Integer, @Nullable Object>();
    return proxy(
        PreparedStatement.class,
        (_, method, arguments) -> {
          var name = method.getName();
          if (name.equals("setNull")) {
            parameters.put((Integer) arguments[0], null);
          } else if (name.startsWith("set")
              && arguments[0] instanceof Integer index
              && arguments.length > 1) {
            parameters.put(index, value(arguments[1]));
          } else if (name.equals("addBatch") || name.startsWith("execute")) {
            writeDown(sql, parameters);
          }
          return invoke(real, method, arguments);
        });
  }

  private static @Nullable Object value(@Nullable Object argument) throws SQLException {
    return argument instanceof Array array ? Arrays.asList((Object[]) array.getArray()) : argument;
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
