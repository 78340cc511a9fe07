package dev.banking.audit.verify;

import dev.banking.audit.Superuser;
import java.util.List;
import java.util.random.RandomGenerator;

/** Something that a superuser does to a book of a few entries, chosen by chance. */
enum Mischief {
  CHANGE_AMOUNT("UPDATE audit.audit_log SET amount = amount + 1 WHERE position = %d"),
  CHANGE_TIME(
      "UPDATE audit.audit_log SET occurred_at = occurred_at - interval '1 s' WHERE position = %d"),
  MAKE_NO_NUMBER("UPDATE audit.audit_log SET amount = 'NaN' WHERE position = %d"),
  MAKE_ENDLESS("UPDATE audit.audit_log SET occurred_at = 'infinity' WHERE position = %d"),
  CHANGE_ACTOR("UPDATE audit.audit_log SET actor = 'é€😀\"\\' || chr(1) WHERE position = %d"),
  CHANGE_FORMAT("UPDATE audit.audit_log SET format = 2 WHERE position = %d"),
  EMPTY_A_NULL("UPDATE audit.audit_log SET traceparent = '' WHERE position = %d"),
  CHANGE_EVENT("UPDATE audit.audit_log SET event = event || ' ' WHERE position = %d"),
  CHANGE_HASH("UPDATE audit.audit_log SET hash = sha256('x') WHERE position = %d"),
  CUT_LINK("UPDATE audit.audit_log SET previous_hash = sha256('x') WHERE position = %d"),
  DELETE("DELETE FROM audit.audit_log WHERE position = %d"),
  DELETE_SOME("DELETE FROM audit.audit_log WHERE position BETWEEN %d AND %d + 2"),
  CUT_TAIL("DELETE FROM audit.audit_log WHERE position >= %d"),
  CUT_TAIL_AND_HEAD("DELETE FROM audit.audit_log WHERE position > %d", Superuser.PUT_THE_HEAD_BACK),
  MOVE_UP("UPDATE audit.audit_log SET position = position + 1000 WHERE position = %d"),
  SWAP(
      "UPDATE audit.audit_log SET position = 5000 WHERE position = %d",
      "UPDATE audit.audit_log SET position = %d WHERE position = %d + 1",
      "UPDATE audit.audit_log SET position = %d + 1 WHERE position = 5000"),
  CLOSE_THE_GAP(
      "DELETE FROM audit.audit_log WHERE position = %d",
      "UPDATE audit.audit_log SET position = position + 999 WHERE position > %d",
      "UPDATE audit.audit_log SET position = position - 1000 WHERE position > 1000"),
  REBUILD(
      "UPDATE audit.audit_log SET amount = amount + 1 WHERE position = %d", "SELECT rebuild(%d)"),
  FORGE(
      """
      INSERT INTO audit.audit_log
      SELECT position + 1, format, gen_random_uuid(), event_type, actor, user_id, sequence + 1,
             gen_random_uuid(), amount, balance_before, balance_after, outcome, reason, request_id,
             traceparent, occurred_at, recorded_at, event, hash, sha256('x')
        FROM audit.audit_log ORDER BY position DESC LIMIT 1
      """),
  MOVE_HEAD("UPDATE audit.chain_head SET hash = sha256('%d')"),
  CHANGE_CHECKPOINT("UPDATE audit.checkpoint SET hash = sha256('x') WHERE number = %d % 3 + 1"),
  CHANGE_ROOT("UPDATE audit.checkpoint SET root = sha256('x') WHERE number = %d % 3 + 1"),
  MOVE_CHECKPOINT("UPDATE audit.checkpoint SET position = position + 1 WHERE number = %d % 3 + 1"),
  DATE_CHECKPOINT(
      "UPDATE audit.checkpoint SET created_at = created_at + interval '1 s' WHERE number = %d % 3 + 1"),
  CHANGE_KEY("UPDATE audit.checkpoint SET key_id = sha256('x') WHERE number = %d % 3 + 1"),
  CHANGE_SIGNATURE(
      "UPDATE audit.checkpoint SET signature = sha256('x') || sha256('y') WHERE number = %d % 3 + 1"),
  DELETE_CHECKPOINT("DELETE FROM audit.checkpoint WHERE number = %d % 3 + 1"),
  CHANGE_CUT("UPDATE audit.cut SET hash = sha256('x') WHERE number = %d % 2 + 1"),
  MOVE_CUT("UPDATE audit.cut SET position = position + 1 WHERE number = %d % 2 + 1"),
  SIGN_CUT("UPDATE audit.cut SET key_id = sha256('x') WHERE number = %d % 2 + 1"),
  DELETE_CUT("DELETE FROM audit.cut WHERE number = %d % 2 + 1"),
  EMPTY("DELETE FROM audit.audit_log WHERE %d > 0"),
  EMPTY_ALL(
      "DELETE FROM audit.audit_log WHERE %d > 0",
      "DELETE FROM audit.checkpoint",
      "UPDATE audit.chain_head SET position = 0, hash = sha256('dev.banking/audit-log')");

  private static final String BETWEEN = "\n;\n";

  private final String sql;

  Mischief(String... sql) {
    this.sql = String.join("\n;\n", sql);
  }

  /** The statements, at some place of a book with so many entries. */
  List<String> statements(RandomGenerator random, int entries) {
    var position = Integer.toString(1 + random.nextInt(entries));
    return List.of(sql.replace("%d", position).split(BETWEEN, -1));
  }
}
