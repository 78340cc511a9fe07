package dev.banking.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.support.GenericApplicationContext;

class DrainingTest {

  @Test
  void refusesWhileItStopsAndServesAgainWhenItIsStartedAgain() {
    try (var context = new GenericApplicationContext()) {
      var told = new ArrayList<Object>();
      context.addApplicationListener(event -> {
        if (event instanceof AvailabilityChangeEvent<?> change) {
          told.add(change.getState());
        }
      });
      context.refresh();
      var draining = new Draining(context);

      draining.start();
      assertThat(draining.isDraining()).isFalse();
      assertThat(told).as("a first start is not its to tell of").isEmpty();

      draining.stop();
      assertThat(draining.isDraining()).isTrue();

      draining.start();
      assertThat(draining.isDraining()).isFalse();
      assertThat(told)
          .isEqualTo(List.of(ReadinessState.REFUSING_TRAFFIC, ReadinessState.ACCEPTING_TRAFFIC));
    }
  }
}
