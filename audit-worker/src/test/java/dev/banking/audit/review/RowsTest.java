package dev.banking.audit.review;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
  void disarmsWhatASpreadsheetWouldRun(String text) {
    assertThat(Rows.cell(text)).isEqualTo("'" + text);
  }

  @Test
  void quotesWhatWouldEndACell() {
    assertThat(Rows.cell("a,b")).isEqualTo("\"a,b\"");
    assertThat(Rows.cell("a\"b")).isEqualTo("\"a\"\"b\"");
    assertThat(Rows.cell("a\nb")).isEqualTo("\"a\nb\"");
    assertThat(Rows.cell("\r=1")).isEqualTo("\"'\r=1\"");
  }

  @Test
  void leavesTheRestAlone() {
    assertThat(Rows.cell("request-1 = x")).isEqualTo("request-1 = x");
    assertThat(Rows.cell("")).isEmpty();
    assertThat(Rows.cell(null)).isEmpty();
  }
}
