package dev.banking.loadtests.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapUseTest {

  @Test
  void addsTheGenerationsAndLeavesTheMetaspaceOut() {
    var told =
        """
        12345:
         def new generation   total 9216K, used 1024K [0x0, 0x1, 0x2)
          eden space 8192K,   0% used [0x0, 0x1, 0x2)
         tenured generation   total 20480K, used 10240K [0x0, 0x1, 0x2)
          the space 20480K,  50% used [0x0, 0x1, 0x2)
         Metaspace       used 90000K, committed 91000K, reserved 1114112K
          class space    used 10000K, committed 11000K, reserved 1048576K
        """;

    assertThat(HeapUse.used(told)).isEqualTo(11);
  }
}
