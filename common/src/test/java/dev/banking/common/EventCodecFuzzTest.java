package dev.banking.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/** Whatever bytes come: an event that is written and read back equal, or poison. */
class EventCodecFuzzTest {

  private final EventCodec codec = new EventCodec();

  @FuzzTest(maxDuration = "2m")
  void readsAnEventOrSaysThatItIsNone(byte @NotNull [] bytes) throws InvalidEventException {
    BankingEvent event;
    try {
      event = codec.read(bytes);
    } catch (InvalidEventException _) {
      return;
    }
    assertThat(codec.read(codec.write(event))).isEqualTo(event);
  }
}
