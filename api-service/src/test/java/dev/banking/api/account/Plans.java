package dev.banking.api.account;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How PostgreSQL comes to the rows of a statement when it may not read whole tables: by an index
 * condition if the statement has one that fits, and without any if not.
 */
final class Plans {

  private static final Pattern PARAMETER = Pattern.compile("\\?");

  private static final List<String> BY_INDEX =
      List.of("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin");

  private final String jdbcUrl;
  private final Properties settings = new Properties();

  Plans(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
    // As the text that it is: prepared, it would have to bring values for its parameters.
    settings.setProperty("preferQueryMode", "simple");
  }

  /** One look at a table's rows; the condition is empty when all of them are looked at. */
  record Scan(String table, String condition) {}

  /** The scans of a statement with {@code ?} for its parameters. */
  List<Scan> scansOf(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl, settings)) {
      connection.setAutoCommit(false);
      var scans = new ArrayList<Scan>();
      collect(JsonMapper.shared().readTree(explain(connection, numbered(sql))), scans);
      connection.rollback();
      return scans;
    }
  }

  private static String explain(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var way : BY_INDEX) {
        var _ = statement.execute("SET LOCAL " + way + " = off");
      }
      try (var plan = statement.executeQuery("EXPLAIN (GENERIC_PLAN, FORMAT JSON) " + sql)) {
        plan.next();
        return plan.getString(1);
      }
    }
  }

  private static String numbered(String sql) {
    var number = new int[1];
    return PARAMETER.matcher(sql).replaceAll(_ -> "\\$" + ++number[0]);
  }

  private static void collect(JsonNode node, List<Scan> scans) {
    if (node.has("Relation Name") && !node.path("Node Type").asString("").equals("ModifyTable")) {
      scans.add(
          new Scan(node.path("Relation Name").asString(""), node.path("Index Cond").asString("")));
    }
    node.forEach(child -> collect(child, scans));
  }
}
